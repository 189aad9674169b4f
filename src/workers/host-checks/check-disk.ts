import type { StatsFs } from 'node:fs';
import { statfs } from 'node:fs/promises';
import { type Finding, finding } from '../../host-finding.js';
import type { HostCheck } from './host-check.js';

const MIB = 1024 * 1024;

/** Below the first a warning is due, below the second no job is taken: Docker and Temporal need room for what they note. */
const FREE_BYTES = { low: 1024 * MIB, full: 64 * MIB };
const FREE_INODES = { low: 10_000, full: 1_000 };

/** A folder whose disk must not be full. `what` is kept there. */
export type Disk = { what: string; folder: string };

/** Room on the disks that these folders are on, as far as this process can see them. */
export async function checkDisks(disks: readonly Disk[]): Promise<HostCheck[]> {
  const checks = await Promise.all(disks.map(checkDisk));
  return checks.filter((check) => check !== undefined);
}

async function checkDisk({ what, folder }: Disk): Promise<HostCheck | undefined> {
  const stats = await statfs(folder).catch((error: NodeJS.ErrnoException) => {
    // The engine may be on another machine, or this process in a container.
    if (error.code === 'ENOENT' || error.code === 'EACCES') return undefined;
    throw error;
  });
  return stats && judgeDisk({ what, folder }, stats);
}

type Free = Pick<StatsFs, 'bavail' | 'bsize' | 'files' | 'ffree'>;

export function judgeDisk({ what, folder }: Disk, { bavail, bsize, files, ffree }: Free): HostCheck {
  const bytes = bavail * bsize;
  // Some file systems make inodes as they are needed, and count none.
  const inodes = files === 0 ? Number.POSITIVE_INFINITY : ffree;
  const is = (limit: 'low' | 'full') => bytes < FREE_BYTES[limit] || inodes < FREE_INODES[limit];
  const findings: Finding[] = [];
  if (is('full')) findings.push(finding('disk-full', `${scarce('full', folder, what)}: make room.`));
  else if (is('low')) findings.push(finding('disk-low', `${scarce('low', folder, what)}: make room soon.`));
  const free = `${Math.floor(bytes / MIB)} MiB${files === 0 ? '' : ` and ${ffree} inodes`} free`;
  return { title: 'disk', fact: `${free} in ${folder}, ${what}`, findings };
}

function scarce(limit: 'low' | 'full', folder: string, what: string): string {
  const [bytes, inodes] = [FREE_BYTES[limit] / MIB, FREE_INODES[limit]];
  return `Less than ${bytes} MiB or ${inodes} inodes are free on the disk of ${folder}, ${what}`;
}
