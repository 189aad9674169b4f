// Makes the images that are missing: the base, the supervisor on it, one a language on both.
import type Docker from 'dockerode';
import type { Language } from '../languages.js';
import { ensureBaseImage, hasImage } from './base-image.js';
import { buildImage } from './build-image.js';
import { resolverName, SUPERVISOR, supervisorName } from './image-recipe.js';
import { buildLanguageImage, buildResolverImage, imageVersions } from './language-image.js';

export { imageName } from './image-recipe.js';
export { imageVersions } from './language-image.js';

/** More than this share the same two cores and one mirror. */
const BUILDS_AT_ONCE = 2;

export type ImageOptions = {
  /** Makes them all anew, with the newest packages. */
  rebuild?: boolean;
  /** Those as well that get jobs' dependencies. */
  dependencies?: boolean;
};

/**
 * Builds every language's image that is not there yet, two at a time.
 * @throws Error that names each language whose image could not be built, with the end of its build's output
 */
export async function ensureImages(
  docker: Docker,
  languages: readonly Language[],
  report: (line: string) => void,
  { rebuild = false, dependencies = false }: ImageOptions = {},
): Promise<void> {
  const versions = await Promise.all(languages.map((language) => imageVersions(docker, language)));
  const missing = languages.filter((_, index) => rebuild || versions[index] === undefined);
  const present = languages.filter((language) => !missing.includes(language));
  if (present.length > 0) report(`Images: there already for ${present.map(({ id }) => id).join(', ')}`);
  const resolving = dependencies ? languages.filter((language) => language.dependencies) : [];
  const there = await Promise.all(resolving.map((language) => hasImage(docker, resolverName(language))));
  const withoutResolver = resolving.filter((_, index) => rebuild || !there[index]);
  if (missing.length === 0 && withoutResolver.length === 0) return;

  const base = await ensureBaseImage(docker, report, rebuild);
  const supervisor = await ensureSupervisor(docker, base, report);
  const problems: string[] = [];
  const build = async (what: string, make: () => Promise<string>) => {
    const started = performance.now();
    try {
      report(`Image: ${what} ${await make()}, ${seconds(started)}`);
    } catch (error) {
      problems.push(`Image: ${what} could not be built: ${(error as Error).message}`);
    }
  };
  await eachAtMost(BUILDS_AT_ONCE, missing, (language) =>
    build(language.name, () => buildLanguageImage(docker, language, { base, supervisor, fresh: rebuild })),
  );
  await eachAtMost(BUILDS_AT_ONCE, withoutResolver, (language) =>
    build(`dependencies of ${language.name}`, () => buildResolverImage(docker, language, base, rebuild)),
  );
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

async function ensureSupervisor(
  docker: Docker,
  base: string,
  report: (line: string) => void,
): Promise<string> {
  const name = supervisorName();
  if (await hasImage(docker, name)) return name;
  const started = performance.now();
  try {
    await buildImage(docker, { ...SUPERVISOR, buildArgs: { BASE: base }, name });
  } catch (error) {
    throw new Error(`Image: the supervisor could not be built: ${(error as Error).message}`);
  }
  report(`Image: supervisor, ${seconds(started)}`);
  return name;
}

async function eachAtMost<T>(
  count: number,
  items: readonly T[],
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = [...items];
  const lane = async () => {
    for (let item = queue.shift(); item !== undefined; item = queue.shift()) await work(item);
  };
  await Promise.all(Array.from({ length: count }, lane));
}

function seconds(since: number): string {
  return `${((performance.now() - since) / 1000).toFixed(1)} s`;
}
