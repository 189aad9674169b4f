// One language's image: Debian's packages and the supervisor, then what the language's own Dockerfile adds, then labels.
import { dirname } from 'node:path';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import type { Language } from '../languages.js';
import { buildImage, type ImageBuild } from './build-image.js';
import { imageName, ownBuildFiles } from './image-recipe.js';

const VERSION_LABEL = 'org.opencontainers.image.version';
const VERSION_LIMIT_MS = 60_000;

/** The language's version as its image tells it, such as "3.13.5"; undefined when the image is absent. */
export async function languageVersion(docker: Docker, language: Language): Promise<string | undefined> {
  try {
    const { Config } = await docker.getImage(imageName(language)).inspect();
    return Config.Labels?.[VERSION_LABEL] ?? '';
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 404) return undefined;
    throw error;
  }
}

/** Builds the image and answers with the language's version. It gets its name last, so what has the name is whole. */
export async function buildLanguageImage(
  docker: Docker,
  language: Language,
  { base, supervisor, fresh }: { base: string; supervisor: string; fresh: boolean },
): Promise<string> {
  const { id, name, folder, packages } = language;
  const tag = imageName(language);
  let last: ImageBuild = {
    folder: dirname(folder),
    files: ['Dockerfile'],
    buildArgs: { BASE: base, SUPERVISOR: supervisor, PACKAGES: packages.join(' ') },
  };
  let image = await buildImage(docker, { ...last, fresh });
  const own = ownBuildFiles(language);
  if (own.length > 0) {
    last = { folder, files: own, buildArgs: { BASE: image } };
    image = await buildImage(docker, { ...last, fresh });
  }
  const version = await readVersion(docker, image, language.version);
  const labels = {
    'org.opencontainers.image.title': `BrainDrill ${name}`,
    [VERSION_LABEL]: version,
    'braindrill.language': id,
  };
  // The same build again: every step comes from the cache, so labels are all it adds.
  await buildImage(docker, { ...last, labels, name: tag });
  return version;
}

async function readVersion(docker: Docker, image: string, command: string[]): Promise<string> {
  const abortSignal = AbortSignal.timeout(VERSION_LIMIT_MS);
  const container = await docker.createContainer({
    Image: image,
    Entrypoint: [],
    Cmd: command,
    // With a terminal both streams come as one, without frames.
    Tty: true,
    HostConfig: { NetworkMode: 'none', LogConfig: { Type: 'none', Config: {} } },
    abortSignal,
  });
  try {
    const attach = { stream: true, stdout: true, stderr: true, abortSignal };
    const output = await container.attach(attach);
    await container.start({ abortSignal });
    return tidyVersion(await text(output));
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** "openjdk 25.0.3 2026-04-21" is 25.0.3; what has no number stays as it is. */
export function tidyVersion(output: string): string {
  const [line = ''] = output.trim().split(/\r?\n/);
  return /\d+(\.\d+)*/.exec(line)?.[0] ?? line;
}
