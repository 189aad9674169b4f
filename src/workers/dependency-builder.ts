// Makes the image with what a job's manifest asks for. It is a plain build: nothing is mounted, and nothing of the caller's is in its
// context but the names and versions of packages.
import { copyFile, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Docker from 'dockerode';
import {
  createDependencyImages,
  DependenciesRefused,
  type DependencyImageMaker,
  type DependencyImages,
} from '../activities/dependency-images.js';
import { callDocker, imageMissing } from '../activities/docker-call.js';
import type { RunnerHost } from '../activities/run-program.js';
import type { Config } from '../config.js';
import type { Language } from '../languages.js';
import type { NamedManifest } from '../manifests/manifest-of.js';
import { hasImage } from './base-image.js';
import { buildImage } from './build-image.js';
import { DEPENDENCIES_LABEL, makeRoom, removeStages } from './dependency-disk.js';
import { BuildFailed } from './docker-progress.js';
import {
  dependencyImageName,
  imageName,
  ownResolveFiles,
  RESOLVE_FILES,
  resolverName,
} from './image-recipe.js';

/** Exit code of resolve-limited.sh when it is the manifest's fault. */
const MANIFEST_FAULT = 65;

/** Longer than its own limit, which ends it in good order. */
const ALLOWANCE_MS = 60_000;

/** What the step that gets packages may use. Programs that run at the same time come first. */
const LIMITS = { memoryBytes: 1024 ** 3, cpus: 1, cpuShares: 128 };

/** Of what the tools printed. */
const MAX_TEXT_CHARS = 8_192;

/**
 * What gets dependencies for the jobs of a runner; undefined where they are switched off. Removes what earlier runners left.
 */
export async function startDependencyImages(
  { dependencies: settings }: Config,
  { docker, languages, log, metrics }: Pick<RunnerHost, 'docker' | 'languages' | 'log' | 'metrics'>,
): Promise<DependencyImages | undefined> {
  if (!settings.enabled) return undefined;
  const maker = createDependencyBuilder(docker, settings);
  await removeStages(docker);
  await maker.makeRoom(new Map());
  for (const language of languages) {
    if (language.dependencies === undefined || (await hasImage(docker, resolverName(language)))) continue;
    log.error({ language: language.id }, `the image ${resolverName(language)} is not there: run ./deploy.sh`);
  }
  return createDependencyImages({ maker, log, metrics });
}

function createDependencyBuilder(docker: Docker, settings: Config['dependencies']): DependencyImageMaker {
  return {
    nameOf: dependencyImageName,
    has: async (name, signal) => (await findId(docker, name, signal)) !== undefined,
    make: (language, manifest, name, signal) =>
      makeImage(docker, settings, { language, manifest, name, signal }),
    makeRoom: (uses) => makeRoom(docker, settings['disk-mb'] * 2 ** 20, uses),
  };
}

type Order = { language: Language; manifest: NamedManifest; name: string; signal: AbortSignal };

async function makeImage(docker: Docker, settings: Config['dependencies'], order: Order): Promise<string[]> {
  const { language, name, signal } = order;
  const folder = await mkdtemp(join(tmpdir(), 'braindrill-resolve-'));
  const printed: string[] = [];
  try {
    await writeContext(folder, settings, order);
    const image = await idOf(docker, imageName(language), signal);
    await buildImage(docker, {
      folder,
      files: await readdir(folder),
      buildArgs: {
        // By id: a name that is not there would be looked for in a registry.
        IMAGE: image,
        RESOLVER: await idOf(docker, resolverName(language), signal),
        NAME: name,
        FOLDER: language.dependencies?.folder ?? '',
        TIME_LIMIT_SECONDS: `${settings['timeout-seconds']}`,
        SIZE_MB: `${settings['disk-mb']}`,
        ...proxyArguments(settings.proxy),
      },
      labels: { [DEPENDENCIES_LABEL]: image },
      limits: LIMITS,
      timeLimitMs: settings['timeout-seconds'] * 1000 + ALLOWANCE_MS,
      signal,
      onLine: (text) => printed.push(...text.split('\n')),
      name,
    });
    return printed.flatMap((line) => (line.startsWith('resolved: ') ? line.slice('resolved: '.length) : []));
  } catch (error) {
    signal.throwIfAborted();
    const text = tidy(printed);
    if (error instanceof BuildFailed && error.exitCode === MANIFEST_FAULT)
      throw new DependenciesRefused(text);
    if (error instanceof BuildFailed) throw new Error(`dependencies not resolved: ${text || error.message}`);
    throw error;
  } finally {
    await rm(folder, { recursive: true, force: true });
    // What got the packages is not needed any more, and would take as much room again.
    await removeStages(docker, name).catch(() => {});
  }
}

async function writeContext(
  folder: string,
  settings: Config['dependencies'],
  { language, manifest }: Order,
): Promise<void> {
  const { dockerfile, limits } = RESOLVE_FILES;
  const caFile = settings['ca-file'];
  await copyFile(join(language.commonFolder, dockerfile), join(folder, 'Dockerfile'));
  await copyFile(join(language.commonFolder, limits), join(folder, limits));
  for (const own of ownResolveFiles(language)) await copyFile(join(language.folder, own), join(folder, own));
  await writeFile(join(folder, manifest.name), manifest.text);
  await writeFile(join(folder, 'registry'), settings.registries[language.id] ?? '');
  if (caFile === undefined) await writeFile(join(folder, 'ca.pem'), '');
  else await copyFile(caFile, join(folder, 'ca.pem'));
}

/** Docker takes these for a build's steps and keeps them in no image. */
function proxyArguments(proxy: string | undefined): Record<string, string> {
  if (proxy === undefined) return {};
  const names = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'];
  return Object.fromEntries(names.map((name) => [name, proxy]));
}

async function idOf(docker: Docker, image: string, signal: AbortSignal): Promise<string> {
  const id = await findId(docker, image, signal);
  if (id !== undefined) return id;
  throw imageMissing(`The image ${image} is not there: run ./deploy.sh with dependencies switched on.`);
}

async function findId(docker: Docker, image: string, signal: AbortSignal): Promise<string | undefined> {
  const filters = { reference: [image] };
  const list = (abortSignal: AbortSignal) => docker.listImages({ filters, abortSignal });
  return (await callDocker('images', list, signal))[0]?.Id;
}

/** The last of what the tools printed, without what an address may have of user and password. */
function tidy(printed: readonly string[]): string {
  const text = printed.join('\n').replace(/(\w:\/\/)[^\s/@]*@/g, '$1');
  return text.slice(-MAX_TEXT_CHARS).trim();
}
