// Finds the Docker engine, and where there is none, installs and starts one if it may.
import Docker from 'dockerode';
import { installDocker } from './install-docker.js';
import { startDocker } from './start-docker.js';

export type DockerEngineOptions = {
  /** Gets what an engine that is started here prints. */
  logFile: string;
};

const CALL_LIMIT_MS = 10_000;
const PING_LIMIT_MS = 2_000;

/** Debian bookworm's engine, 20.10. */
export const MIN_API = '1.41';

/** The engine that DOCKER_HOST names (unix, tcp or ssh), or the local one. Opens no connection yet. */
export function connectDocker(): Docker {
  return new Docker();
}

/**
 * Answers with an engine that works: the one that runs, else one that is installed and started here. It stays up after us.
 * @throws Error that tells what to do.
 */
export async function ensureDockerEngine(
  { logFile }: DockerEngineOptions,
  report: (line: string) => void,
): Promise<Docker> {
  const docker = connectDocker();
  const running = await findEngine(docker);
  if (running) {
    report(`Docker: engine ${running} runs already`);
    return docker;
  }
  if (process.env.DOCKER_HOST) {
    throw new Error(
      `Docker: nothing answers at DOCKER_HOST=${process.env.DOCKER_HOST}. Start it, or unset DOCKER_HOST.`,
    );
  }
  if (process.getuid?.() !== 0) {
    throw new Error(
      'Docker: no engine runs. Start Docker, or run this as root once so that it can be started.',
    );
  }
  await installDocker(report);
  await startDocker({ logFile, findEngine: () => findEngine(docker) }, report);
  return docker;
}

/**
 * The engine's version; undefined when none runs.
 * @throws Error when one is there that cannot be used.
 */
async function findEngine(docker: Docker): Promise<string | undefined> {
  const answer = await askVersion(docker).catch(explain);
  if (!answer) return undefined;
  const { Version, ApiVersion } = answer;
  if (compareVersions(ApiVersion, MIN_API) < 0) {
    throw new Error(
      `Docker: engine ${Version} speaks API ${ApiVersion}; install one with API ${MIN_API} or newer (20.10).`,
    );
  }
  return `${Version} (API ${ApiVersion})`;
}

/** Rejects when the engine does not answer within 2 s. */
export async function pingEngine(docker: Docker): Promise<void> {
  const asking = docker as unknown as { ping(options: object): Promise<unknown> };
  await asking.ping({ abortSignal: AbortSignal.timeout(PING_LIMIT_MS) });
}

/** Asked without an API version in the path, which every engine answers. */
export function askVersion(docker: Docker): Promise<Docker.DockerVersion> {
  // @types/dockerode does not know the options.
  const asking = docker as unknown as { version(options: object): Promise<Docker.DockerVersion> };
  return asking.version({ abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) });
}

function explain(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') return undefined;
  if (error.code === 'EACCES') {
    throw new Error(
      "Docker: this account may not use the engine. Add it to the group docker and log in again, or use root's.",
    );
  }
  const problem = error.name === 'AbortError' ? `no answer within ${CALL_LIMIT_MS / 1000} s` : error.message;
  throw new Error(`Docker: the engine cannot be reached (${problem}). Start it anew, or check DOCKER_HOST.`);
}

/** Versions such as "1.41", number by number. */
export function compareVersions(a: string, b: string): number {
  return a.localeCompare(b, 'en', { numeric: true });
}
