// Who listens on a port, from /proc: as far as this account may see.
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

export type PortOwner = { pid: number; command: string };

/** Undefined when it is another account's process, or in another network namespace. */
export function findPortOwner(port: number): PortOwner | undefined {
  const sockets = new Set(['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) => listeners(table, port)));
  const pid = readdirSync('/proc').find((name) => /^\d+$/.test(name) && holdsOne(name, sockets));
  if (pid === undefined) return undefined;
  const words = orElse('', () => readFileSync(`/proc/${pid}/cmdline`, 'utf8')).split('\0');
  return { pid: Number(pid), command: words.join(' ').trim() };
}

const LISTEN = '0A';

/** The sockets that listen on the port, as links in /proc/<pid>/fd name them. */
function listeners(table: string, port: number): string[] {
  const lines = orElse('', () => readFileSync(table, 'utf8'))
    .split('\n')
    .slice(1);
  return lines.flatMap((line) => {
    const [, local = '', , state, , , , , , inode] = line.trim().split(/\s+/);
    const isIt = state === LISTEN && Number.parseInt(local.split(':')[1] ?? '', 16) === port;
    return isIt ? [`socket:[${inode}]`] : [];
  });
}

function holdsOne(pid: string, sockets: ReadonlySet<string>): boolean {
  const folder = `/proc/${pid}/fd`;
  return orElse<string[]>([], () => readdirSync(folder)).some((fd) =>
    sockets.has(orElse('', () => readlinkSync(`${folder}/${fd}`))),
  );
}

/** Processes end while one looks, and some are not to be looked at. */
function orElse<T>(value: T, read: () => T): T {
  try {
    return read();
  } catch {
    return value;
  }
}
