import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

/** Where administration programs are, whatever PATH this process was given. */
export const ADMIN_PATH = `${process.env.PATH ?? ''}${delimiter}/usr/local/sbin:/usr/sbin:/sbin:/usr/bin:/bin`;

const INSTALL_LIMIT_MS = 900_000;

/** Whether a program of this name is installed. */
export function hasProgram(name: string): boolean {
  return ADMIN_PATH.split(delimiter).some((folder) => folder !== '' && existsSync(join(folder, name)));
}

/** Whether `aptInstall` can work here. */
export function canAptInstall(): boolean {
  return process.getuid?.() === 0 && hasProgram('apt-get');
}

/** Installs Debian packages, nothing more than they need. One process at a time; who comes second finds them installed. */
export async function aptInstall(packages: string[]): Promise<void> {
  const script =
    'apt-get update && apt-get -o DPkg::Lock::Timeout=300 install --yes --no-install-recommends "$@"';
  const env = { ...process.env, PATH: ADMIN_PATH, DEBIAN_FRONTEND: 'noninteractive' };
  const options = { env, timeout: INSTALL_LIMIT_MS, maxBuffer: 64 * 1024 * 1024 };
  await promisify(execFile)(
    'flock',
    ['/run/braindrill-apt.lock', 'sh', '-c', script, 'sh', ...packages],
    options,
  ).catch((error: Error & { stderr?: string }) => {
    const lines = (error.stderr ?? error.message).trim().split('\n').slice(-5).join('\n');
    throw new Error(`Install ${packages.join(' ')} yourself: apt-get could not.\n${lines}`);
  });
}
