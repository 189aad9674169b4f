// Prometheus' own checker. Where it is missing it is taken out of Debian's package: installing that would start its service.
import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '../../src/config.js';
import { ADMIN_PATH, canAptInstall, hasProgram } from '../../src/workers/apt-install.js';

const CACHE = `${PROJECT_ROOT}/.braindrill/cache`;
const KEPT = `${CACHE}/promtool`;

/** Runs promtool and answers with its exit code and all that it printed. */
export async function promtool(args: string[], input = ''): Promise<{ code: number; printed: string }> {
  const child = spawn(await findPromtool(), args, { stdio: 'pipe' });
  child.stdin.end(input);
  const [out, err, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code, printed: out + err };
}

async function findPromtool(): Promise<string> {
  if (hasProgram('promtool')) return 'promtool';
  if (existsSync(KEPT)) return KEPT;
  await mkdir(CACHE, { recursive: true });
  const folder = await mkdtemp(`${CACHE}/.prometheus-`);
  try {
    const run = (file: string, args: string[]) =>
      promisify(execFile)(file, args, { cwd: folder, env: { ...process.env, PATH: ADMIN_PATH } });
    if (canAptInstall()) await run('apt-get', ['update']);
    await run('apt-get', ['download', 'prometheus']);
    const [file] = await readdir(folder);
    await run('dpkg', ['-x', file as string, 'files']);
    await rename(join(folder, 'files/usr/bin/promtool'), KEPT);
  } catch (error) {
    throw new Error(
      `promtool is missing and could not be fetched: install Prometheus. ${(error as Error).message}`,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
  return KEPT;
}
