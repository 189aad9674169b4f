// One language's image: Debian's packages, then what the language's own Dockerfile adds; of that, what programs need, with
// the supervisor and a bill of materials, is the image.
import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import type { Language } from '../languages.js';
import { buildImage } from './build-image.js';
import { FINAL_DOCKERFILE, imageName, JARS, listsJars, ownBuildFiles, resolverName } from './image-recipe.js';
import { libraryVersions } from './libraries.js';
import { LIST_PACKAGES, neededPackages, parsePackages } from './needed-packages.js';
import { JARS_LIST, readPinnedPackages } from './pinned-packages.js';
import { SBOM_FILE, toSbom } from './sbom.js';

const VERSION_LABEL = 'org.opencontainers.image.version';
/** The versions of its libraries, as a list in JSON, in the order of the language's file. */
const LIBRARIES_LABEL = 'braindrill.libraries';
const COMMAND_LIMIT_MS = 60_000;

/** What a language's image tells of itself. */
export type ImageVersions = {
  /** The language's, such as "3.13.5"; empty where it has none. */
  version: string;
  /** Of its libraries, in the order of the language's file. */
  libraries: string[];
};

/** Undefined when the image is absent. */
export async function imageVersions(docker: Docker, language: Language): Promise<ImageVersions | undefined> {
  try {
    const { Config } = await docker.getImage(imageName(language)).inspect();
    const { [VERSION_LABEL]: version = '', [LIBRARIES_LABEL]: libraries = '[]' } = Config.Labels ?? {};
    return { version, libraries: JSON.parse(libraries) };
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
  const full = await buildFullImage(docker, language, base, fresh);
  const version = tidyVersion(await readOutput(docker, full, language.version));
  const installed = parsePackages(await readOutput(docker, full, LIST_PACKAGES));
  const needed = neededPackages(installed, language);
  const command = language['library-versions'];
  const told = command === undefined ? '' : await readOutput(docker, full, command);
  const libraries = libraryVersions(language, installed, told);
  const removed = installed.filter((found) => !needed.includes(found));
  const folder = await mkdtemp(join(tmpdir(), 'braindrill-image-'));
  try {
    await copyFile(join(language.commonFolder, FINAL_DOCKERFILE), join(folder, 'Dockerfile'));
    await writeFile(
      join(folder, SBOM_FILE),
      toSbom(language, version, needed, readPinnedPackages(language), libraries),
    );
    await writeFile(join(folder, 'removed-packages'), removed.map(({ name }) => name).join('\n'));
    await buildImage(docker, {
      folder,
      files: ['Dockerfile', SBOM_FILE, 'removed-packages'],
      buildArgs: { FULL: full, SUPERVISOR: supervisor },
      offline: true,
      labels: {
        'org.opencontainers.image.title': `BrainDrill ${language.name}`,
        [VERSION_LABEL]: version,
        ...(libraries.length === 0 ? {} : { [LIBRARIES_LABEL]: JSON.stringify(libraries) }),
        'braindrill.language': language.id,
      },
      name: imageName(language),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return version;
}

/** Builds the image that gets dependencies for the language's jobs; answers with what gets them. */
export async function buildResolverImage(
  docker: Docker,
  language: Language,
  base: string,
  fresh: boolean,
): Promise<string> {
  const tools = language.dependencies?.packages ?? [];
  const packages = [...language.packages, ...tools];
  const image = await buildFullImage(docker, { ...language, packages }, base, fresh);
  const [repo, tag] = resolverName(language).split(':') as [string, string];
  await docker.getImage(image).tag({ repo, tag });
  return `by ${tools.join(' ')}`;
}

/** With everything that was needed to make it; answers with its id. */
async function buildFullImage(
  docker: Docker,
  language: Language,
  base: string,
  fresh: boolean,
): Promise<string> {
  const { folder, commonFolder, packages } = language;
  const system = await buildImage(docker, {
    folder: commonFolder,
    files: ['Dockerfile'],
    buildArgs: { BASE: base, PACKAGES: packages.join(' ') },
    fresh,
  });
  const image = listsJars(language) ? await addJars(docker, language, { base, system, fresh }) : system;
  const own = ownBuildFiles(language);
  if (own.length === 0) return image;
  return buildImage(docker, { folder, files: own, buildArgs: { BASE: image }, fresh });
}

async function addJars(
  docker: Docker,
  language: Language,
  { base, system, fresh }: { base: string; system: string; fresh: boolean },
): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'braindrill-jars-'));
  try {
    await copyFile(join(language.commonFolder, JARS.dockerfile), join(folder, 'Dockerfile'));
    for (const name of JARS.programs) await copyFile(join(language.commonFolder, name), join(folder, name));
    await copyFile(join(language.folder, JARS_LIST), join(folder, JARS_LIST));
    const files = ['Dockerfile', ...JARS.programs, JARS_LIST];
    return await buildImage(docker, { folder, files, buildArgs: { BASE: base, IMAGE: system }, fresh });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a command prints in a container of the image. */
async function readOutput(docker: Docker, image: string, command: string[]): Promise<string> {
  const abortSignal = AbortSignal.timeout(COMMAND_LIMIT_MS);
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
    return await text(output);
  } finally {
    await container.remove({ force: true, v: true });
  }
}

/** "openjdk 25.0.3 2026-04-21" is 25.0.3; what has no number stays as it is. */
export function tidyVersion(output: string): string {
  const [line = ''] = output.trim().split(/\r?\n/);
  return /\d+(\.\d+)*/.exec(line)?.[0] ?? line;
}
