// The one table of languages, read from languages/*/language.yaml. A language is a folder; nothing here names one.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { type LanguageFile, languageFileSchema, type ResourceOverride } from './language-file.js';

/** What a program may use. Every name carries its unit. */
export type Limits = {
  cpus: number;
  memoryBytes: number;
  timeLimitMs: number;
  compileTimeLimitMs: number;
  outputBytes: number;
  processes: number;
  openFiles: number;
};

/** One language as the engine uses it; `id` is the folder's name. */
export type Language = Omit<LanguageFile, 'limits' | 'dependencies'> & {
  id: string;
  folder: string;
  /** Has the Dockerfiles that every language's image begins and ends with. */
  commonFolder: string;
  limits: Limits;
  /** Of jobs that bring dependencies along; undefined where they cannot. */
  dependencies?: Omit<NonNullable<LanguageFile['dependencies']>, 'limits'> & { limits: Limits };
  /** OCI runtime of its containers; the engine's own unless somebody set another. */
  runtime?: string;
};

/** Limits that an operator sets over those of language.yaml, by language id. */
export type ResourceOverrides = Record<string, ResourceOverride>;

/** Standard output and standard error are each cut at this many bytes. */
export const OUTPUT_BYTES = 64 * 1024;

/** The languages that the seed's users know, in the order in which its texts name them. */
const SEED_ORDER = ['java', 'python', 'ruby', 'perl', 'javascript', 'php'];

/**
 * Reads every language below `root`, and below an operator's own folder: the seed's six first, the others by name.
 * @throws Error that names the file and the field.
 */
export function loadLanguages(
  root: string,
  overrides: ResourceOverrides = {},
  ownFolder: string | undefined = undefined,
): Language[] {
  const folders = [root, ...(ownFolder === undefined ? [] : [ownFolder])].flatMap(listFolders);
  const unknown = Object.keys(overrides).filter((id) => !folders.some((folder) => basename(folder) === id));
  if (unknown.length > 0) throw new Error(`resources: no such language: ${unknown.join(', ')}`);
  const languages = folders.map((folder) => loadLanguage(folder, root, overrides[basename(folder)] ?? {}));
  refuseNamesakes(languages);
  return languages.sort(bySeedOrder);
}

/** The languages that a configuration knows, whether they are served or not. */
export const configuredLanguages = (config: {
  root: string;
  resources: ResourceOverrides;
  'languages-folder'?: string | undefined;
}): Language[] => {
  const own = config['languages-folder'];
  const ownFolder = own === undefined ? undefined : resolve(config.root, own);
  return loadLanguages(join(config.root, 'languages'), config.resources, ownFolder);
};

/** Those of `all` that the setting `languages` names. */
export function servedLanguages(all: readonly Language[], ids: readonly string[]): Language[] {
  return all.filter(({ id }) => ids.includes('all') || ids.includes(id));
}

function listFolders(root: string): string[] {
  if (!existsSync(root)) throw new Error(`languages-folder: there is no folder ${root}`);
  return readdirSync(root).flatMap((id) =>
    existsSync(join(root, id, 'language.yaml')) ? [join(root, id)] : [],
  );
}

function refuseNamesakes(languages: readonly Language[]): void {
  const folders = new Map<string, string>();
  for (const { id, aliases, folder } of languages) {
    for (const name of [id, ...aliases]) {
      const other = folders.get(name);
      if (other !== undefined) throw new Error(`${folder}: ${name} is a name of ${other} already`);
      folders.set(name, folder);
    }
  }
}

/** Finds a language by id or alias, without regard to case. */
export function findLanguage(languages: readonly Language[], name: string): Language | undefined {
  const wanted = name.toLowerCase();
  return languages.find(({ id, aliases }) => id === wanted || aliases.includes(wanted));
}

/**
 * The language as the programs of a job see it that brings dependencies along. None is started ahead: what it brings along may run
 * at an interpreter's start.
 */
export function withDependencies(language: Language): Language {
  const { dependencies, ready: _, ...others } = language;
  if (dependencies === undefined) return language;
  const { file = language.file, compile = language.compile, run = language.run, env, limits } = dependencies;
  return { ...others, dependencies, file, compile, run, env: { ...language.env, ...env }, limits };
}

/** A sentence for who wants a language that is not among those that are served. */
export function howToAdd({ id, name }: Language, served: readonly Language[]): string {
  return `The operator can add ${name}: LANGUAGES=${[...served, { id }].map(({ id }) => id).join(',')} ./deploy.sh`;
}

function loadLanguage(folder: string, commonFolder: string, override: ResourceOverride): Language {
  const id = basename(folder);
  if (!/^[a-z0-9][a-z0-9_-]*$/.test(id))
    throw new Error(`${folder}: a language's folder is called by small letters, digits, - and _`);
  const path = join(folder, 'language.yaml');
  const read = languageFileSchema.safeParse(parse(readFileSync(path, 'utf8')));
  if (!read.success) throw new Error(`${path}: ${z.prettifyError(read.error)}`);
  const { limits, dependencies, ...language } = read.data;
  const libraryPackages = language.libraries.flatMap(({ package: debian }) => debian ?? []);
  const { runtime, warm, ...limitOverrides } = override;
  const ownLimits = { ...limits, ...(limitOverrides as Partial<typeof limits>) };
  return {
    ...language,
    packages: [...language.packages, ...libraryPackages],
    id,
    folder,
    commonFolder,
    warm: warm ?? language.warm,
    limits: toLimits(ownLimits),
    ...(dependencies === undefined
      ? {}
      : { dependencies: { ...dependencies, limits: toLimits(atLeast(ownLimits, dependencies.limits)) } }),
    ...(runtime === undefined ? {} : { runtime }),
  };
}

function atLeast(
  limits: LanguageFile['limits'],
  least: NonNullable<LanguageFile['dependencies']>['limits'],
): LanguageFile['limits'] {
  const raised = Object.entries(least).map(([name, value]) => [
    name,
    Math.max(value ?? 0, limits[name as keyof typeof limits]),
  ]);
  return { ...limits, ...Object.fromEntries(raised) };
}

function toLimits(limits: LanguageFile['limits']): Limits {
  return {
    cpus: limits.cpus,
    memoryBytes: limits['memory-mb'] * 1024 * 1024,
    timeLimitMs: Math.round(limits['timeout-seconds'] * 1000),
    compileTimeLimitMs: Math.round(limits['compile-timeout-seconds'] * 1000),
    outputBytes: OUTPUT_BYTES,
    processes: limits.processes,
    openFiles: limits['open-files'],
  };
}

function bySeedOrder(a: Language, b: Language): number {
  const rank = ({ id }: Language) => (SEED_ORDER.includes(id) ? SEED_ORDER.indexOf(id) : SEED_ORDER.length);
  return rank(a) - rank(b) || a.id.localeCompare(b.id);
}
