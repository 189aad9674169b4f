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
  /** Name of the result. Without one it stays a layer of the build cache. */
  name?: string;
};

const BUILD_LIMIT_MS = 1_800_000;

/**
 * Builds an image by the engine's classic builder and answers with its id.
 * @throws Error with the last lines of the build
 */
export async function buildImage(docker: Docker, build: ImageBuild): Promise<string> {
  const { folder, files, buildArgs, labels, offline = false, fresh = false, name } = build;
  const options: ImageBuildOptions = {
    buildargs: buildArgs,
    networkmode: offline ? 'none' : await buildNetwork(docker),
    nocache: fresh,
    forcerm: true,
    abortSignal: AbortSignal.timeout(BUILD_LIMIT_MS),
    ...(labels ? { labels } : {}),
    ...(name ? { t: name } : {}),
  };
  const stream = await docker.buildImage({ context: folder, src: files }, options);
  const id = await readDockerProgress(stream as unknown as AsyncIterable<Buffer>);
  if (!id) throw new Error('Docker ended the build without an image');
  return id;
}

/** An engine without iptables has no bridge; its builds reach Debian's mirror only over the host's network. */
async function buildNetwork(docker: Docker): Promise<string> {
  const networks = await docker.listNetworks({ filters: { driver: ['bridge'] } });
  return networks.some(({ Name }) => Name === 'bridge') ? 'bridge' : 'host';
}
