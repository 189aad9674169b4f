// What each image is made from, and the name that follows from it: whoever has the name has the right image.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PROJECT_ROOT } from '../config.js';
import type { Language } from '../languages.js';
import { PACKAGE_RULES } from './needed-packages.js';
import { JARS_LIST, PINNED_RULES, readPinnedPackages } from './pinned-packages.js';

/** The system below every image: pulled where a registry can be reached, else made from Debian's packages. */
export const BASE = { pulled: 'debian:trixie-slim', suite: 'trixie', variant: 'minbase' };

/** The C files of the supervisor, each with a header of its name. */
const SUPERVISOR_PARTS = [
  ...['cell', 'copy-folder', 'counters', 'ends', 'files-in', 'files-out', 'fork-server', 'frames-out'],
  ...['job', 'phase', 'processes', 'program', 'program-stdin', 'tell-folder'],
];

/** Sources of the image of the supervisor. */
export const SUPERVISOR = {
  folder: join(PROJECT_ROOT, 'sandbox'),
  files: [
    ...['Dockerfile', 'supervisor.c', 'small-things.h', 'ready/wait-for-program.c'],
    ...SUPERVISOR_PARTS.flatMap((name) => [`${name}.c`, `${name}.h`]),
  ],
};

/** The Dockerfile that every language's image ends with, beside the languages' folders. */
export const FINAL_DOCKERFILE = 'Dockerfile.final';

/** What gets a language's jars, beside the languages' folders. */
export const JARS = {
  dockerfile: 'Dockerfile.jars',
  programs: ['FetchJars.java', 'StartMain.java'],
};

/** Name of the base's image here, however it was got. */
export function baseName(): string {
  return `braindrill/base:${digest([JSON.stringify(BASE)])}`;
}

/** Name of the image that holds the supervisor alone. */
export function supervisorName(): string {
  return `braindrill/supervisor:${digest([baseName(), ...contents(SUPERVISOR.folder, SUPERVISOR.files)])}`;
}

/** Name of a language's image. It changes with whatever the image is made from, and with no limit or command of a run. */
export function imageName(language: Language): string {
  const { id, name, packages, version, libraries, needs, folder, commonFolder } = language;
  const parts = [
    supervisorName(),
    JSON.stringify([id, name, packages, version, needs, PACKAGE_RULES]),
    ...(libraries.length === 0 ? [] : [JSON.stringify([libraries, language['library-versions']])]),
    ...(readPinnedPackages(language).length === 0 ? [] : [PINNED_RULES]),
    ...contents(commonFolder, ['Dockerfile', FINAL_DOCKERFILE]),
    ...(listsJars(language)
      ? [...contents(commonFolder, [JARS.dockerfile, ...JARS.programs]), ...contents(folder, [JARS_LIST])]
      : []),
    ...contents(folder, ownBuildFiles(language)),
  ];
  return `braindrill/${id}:${digest(parts)}`;
}

/** The Dockerfile of an image with a job's dependencies, and what limits the step that gets them. */
export const RESOLVE_FILES = { dockerfile: 'Dockerfile.resolve', limits: 'resolve-limited.sh' };

/** The files of a language's folder that get dependencies: resolve.sh, and what that uses. */
export function ownResolveFiles({ folder }: Language): string[] {
  return readdirSync(folder).filter(isResolveFile).sort();
}

/** Name of the image that gets dependencies for a language's jobs. */
export function resolverName(language: Language): string {
  return `braindrill/${language.id}-resolver:${digest([imageName(language), JSON.stringify(language.dependencies?.packages)])}`;
}

/** Name of the image that has what a manifest asks for. */
export function dependencyImageName(
  language: Language,
  { name, text }: { name: string; text: string },
): string {
  const { commonFolder, folder, id } = language;
  const { dockerfile, limits } = RESOLVE_FILES;
  const recipe = [
    ...contents(commonFolder, [dockerfile, limits]),
    ...contents(folder, ownResolveFiles(language)),
  ];
  return `braindrill/${id}-dependencies:${digest([resolverName(language), ...recipe, name, text])}`;
}

/** Whether a language's image has jars. */
export function listsJars({ folder }: Language): boolean {
  return existsSync(join(folder, JARS_LIST));
}

/** The files of a language's own build step, none where it has no Dockerfile of its own. */
export function ownBuildFiles({ folder }: Language): string[] {
  if (!existsSync(join(folder, 'Dockerfile'))) return [];
  const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
  const others = ['language.yaml', JARS_LIST];
  return files.flatMap(({ name }) => (others.includes(name) || isResolveFile(name) ? [] : [name])).sort();
}

const isResolveFile = (name: string) => name.startsWith('resolve.');

function contents(folder: string, files: string[]): string[] {
  return files.flatMap((file) => [file, readFileSync(join(folder, file), 'utf8')]);
}

function digest(parts: string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 12);
}
