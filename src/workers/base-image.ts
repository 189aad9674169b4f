// The system below every image. Where no registry can be reached it is made here from Debian's packages, by mmdebstrap.
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type Docker from 'dockerode';
import { ADMIN_PATH, aptInstall, canAptInstall, hasProgram } from './apt-install.js';
import { readDockerProgress } from './docker-progress.js';
import { BASE, baseName } from './image-recipe.js';

/** A pull that tells nothing for this long is given up: an unreachable registry is not refused, it stays silent. */
const PULL_SILENCE_MS = 20_000;

const DEBOOTSTRAP_LIMIT_MS = 900_000;

/**
 * Makes sure that the base is there, a new one if it is to be `fresh`, and answers with its name.
 * @throws Error that tells what to do
 */
export async function ensureBaseImage(
  docker: Docker,
  report: (line: string) => void,
  fresh = false,
): Promise<string> {
  const name = baseName();
  if (!fresh && (await hasImage(docker, name))) return name;
  const started = performance.now();
  const isHere = !fresh && (await hasImage(docker, BASE.pulled));
  const how = isHere ? 'was here' : await pullOrMake(docker, name, report);
  const [repo, tag] = name.split(':') as [string, string];
  if (how !== 'made') await docker.getImage(BASE.pulled).tag({ repo, tag });
  const source = how === 'made' ? `Debian ${BASE.suite}, made by mmdebstrap` : `${BASE.pulled}, ${how}`;
  report(`Base image: ${source}, ${((performance.now() - started) / 1000).toFixed(1)} s`);
  return name;
}

/** Whether the engine has an image of this name. */
export async function hasImage(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).inspect();
    return true;
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return false;
    throw error;
  }
}

async function pullOrMake(docker: Docker, name: string, report: (line: string) => void) {
  try {
    await pull(docker);
    return 'pulled';
  } catch (error) {
    const [problem] = (error as Error).message.split('\n');
    report(`Base image: ${BASE.pulled} cannot be pulled, making one by mmdebstrap: ${problem}`);
    await make(docker, name, problem ?? '');
    return 'made';
  }
}

async function pull(docker: Docker): Promise<void> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), PULL_SILENCE_MS);
  try {
    const stream = await docker.pull(BASE.pulled, { abortSignal: controller.signal });
    await readDockerProgress(stream as unknown as AsyncIterable<Buffer>, () => timer.refresh());
  } catch (error) {
    throw controller.signal.aborted ? new Error(`no answer within ${PULL_SILENCE_MS / 1000} s`) : error;
  } finally {
    clearTimeout(timer);
  }
}

async function make(docker: Docker, name: string, problem: string): Promise<void> {
  if (!hasProgram('mmdebstrap')) {
    if (!canAptInstall()) {
      throw new Error(
        `Base image: ${BASE.pulled} cannot be pulled (${problem}). Pull or load it, or install mmdebstrap.`,
      );
    }
    await aptInstall(['mmdebstrap']);
  }
  const folder = await mkdtemp(join(tmpdir(), 'braindrill-base-'));
  try {
    const tarball = join(folder, 'base.tar');
    await debootstrap(tarball);
    const [repo, tag] = name.split(':') as [string, string];
    const stream = await docker.importImage(tarball, { repo, tag });
    await readDockerProgress(stream as unknown as AsyncIterable<Buffer>);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Without an address it takes Debian's own mirror, with updates and security updates. */
async function debootstrap(tarball: string): Promise<void> {
  const run = promisify(execFile);
  const options = {
    env: { ...process.env, PATH: ADMIN_PATH },
    timeout: DEBOOTSTRAP_LIMIT_MS,
    maxBuffer: 1e8,
  };
  await run('mmdebstrap', [`--variant=${BASE.variant}`, BASE.suite, tarball], options).catch(
    (error: Error & { stderr?: string }) => {
      const lines = (error.stderr ?? error.message).trim().split('\n').slice(-5).join('\n');
      throw new Error(`Base image: mmdebstrap failed. Run it by hand, or load ${BASE.pulled}.\n${lines}`);
    },
  );
}
