import type Docker from 'dockerode';
import type { ImageBuildOptions } from 'dockerode';
import { readDockerProgress } from './docker-progress.js';

export type ImageBuild = {
  /** What the Dockerfile may copy; `Dockerfile` is one of the files. */
  folder: string;
  files: string[];
  buildArgs: Record<string, string>;
  labels?: Record<string, string>;
  /** Its steps fetch nothing. */
  offline?: boolean;
  /** Every step is done anew, so that packages are the mirror's newest. */
  fresh?: boolean;
  limits?: StepLimits;
  /** Of the whole build, in milliseconds. */
  timeLimitMs?: number;
  /** Ends the build. */
  signal?: AbortSignal;
  /** Gets what the steps print. */
  onLine?: (line: string) => void;
  /** Name of the result. Without one it stays a layer of the build cache. */
  name?: string;
};

/** What each step may use. */
export type StepLimits = {
  memoryBytes: number;
  cpus: number;
  /** Its weight where others want the same cores; theirs is 1,024. */
  cpuShares: number;
};

const CPU_PERIOD_US = 100_000;

const BUILD_LIMIT_MS = 1_800_000;

/**
 * Builds an image by the engine's classic builder and answers with its id.
 * @throws Error with the last lines of the build
 */
export async function buildImage(docker: Docker, build: ImageBuild): Promise<string> {
  const { folder, files, buildArgs, labels, offline = false, fresh = false, limits, name } = build;
  const { timeLimitMs = BUILD_LIMIT_MS, signal, onLine } = build;
  const timeLimit = AbortSignal.timeout(timeLimitMs);
  const options: ImageBuildOptions = {
    buildargs: buildArgs,
    networkmode: offline ? 'none' : await buildNetwork(docker),
    nocache: fresh,
    forcerm: true,
    abortSignal: signal ? AbortSignal.any([timeLimit, signal]) : timeLimit,
    ...(limits ? toOptions(limits) : {}),
    ...(labels ? { labels } : {}),
    ...(name ? { t: name } : {}),
  };
  const stream = await docker.buildImage({ context: folder, src: files }, options);
  const id = await readDockerProgress(stream as unknown as AsyncIterable<Buffer>, (text) => {
    if (onLine && text !== '' && !BUILDERS_OWN.test(text)) onLine(text);
  });
  if (!id) throw new Error('Docker ended the build without an image');
  return id;
}

/** What the builder says of its steps. */
const BUILDERS_OWN =
  /^(Step \d+\/\d+ : | ?---> |Removing intermediate container |Successfully (built|tagged) )/;

function toOptions({ memoryBytes, cpus, cpuShares }: StepLimits): ImageBuildOptions {
  return {
    memory: memoryBytes,
    memswap: memoryBytes,
    cpuperiod: CPU_PERIOD_US,
    cpuquota: Math.round(cpus * CPU_PERIOD_US),
    cpushares: cpuShares,
  };
}

/** An engine without iptables has no bridge; its builds reach Debian's mirror only over the host's network. */
async function buildNetwork(docker: Docker): Promise<string> {
  const networks = await docker.listNetworks({ filters: { driver: ['bridge'] } });
  return networks.some(({ Name }) => Name === 'bridge') ? 'bridge' : 'host';
}
