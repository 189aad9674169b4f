import type Docker from 'dockerode';
import { type Finding, finding } from '../../host-finding.js';
import type { Language } from '../../languages.js';
import { imageName } from '../build-images.js';
import { resolverName } from '../image-recipe.js';
import type { HostCheck } from './host-check.js';

const CALL_LIMIT_MS = 10_000;

/**
 * The languages whose images are there.
 * @throws Error when the engine does not answer in time.
 */
export function presentLanguages(docker: Docker, languages: readonly Language[]): Promise<Language[]> {
  return withImage(docker, languages, imageName);
}

/**
 * The languages for whose jobs dependencies can be got.
 * @throws Error when the engine does not answer in time.
 */
export function presentResolvers(docker: Docker, languages: readonly Language[]): Promise<Language[]> {
  return withImage(docker, languages.filter(bringsDependencies), resolverName);
}

async function withImage(
  docker: Docker,
  languages: readonly Language[],
  nameOf: (language: Language) => string,
): Promise<Language[]> {
  if (languages.length === 0) return [];
  const images = await docker.listImages({
    filters: { reference: languages.map(nameOf) },
    abortSignal: AbortSignal.timeout(CALL_LIMIT_MS),
  });
  const names = new Set(images.flatMap(({ RepoTags }) => RepoTags ?? []));
  return languages.filter((language) => names.has(nameOf(language)));
}

export async function checkImages(docker: Docker, languages: readonly Language[]): Promise<HostCheck> {
  const present = await presentLanguages(docker, languages);
  const missing = languages.filter((language) => !present.includes(language));
  return {
    title: 'images',
    fact: `there for ${present.map(({ id }) => id).join(', ') || 'no language'}`,
    findings: missing.map(imageMissing),
  };
}

export async function checkResolvers(docker: Docker, languages: readonly Language[]): Promise<HostCheck> {
  const present = await presentResolvers(docker, languages);
  return {
    title: 'dependencies',
    fact: `can be got for ${present.map(({ id }) => id).join(', ') || 'no language'}`,
    findings: resolversMissing(languages, present),
  };
}

/** Of those that are not among the present ones. */
export function resolversMissing(languages: readonly Language[], present: readonly Language[]): Finding[] {
  const missing = languages.filter((one) => bringsDependencies(one) && !present.includes(one));
  return missing.map((language) => {
    const text = `The image ${resolverName(language)}, which gets dependencies for ${language.id}, is not there: run ./deploy.sh, or load it.`;
    return finding('resolver-missing', text);
  });
}

const bringsDependencies = ({ dependencies }: Language) => dependencies !== undefined;

export function imageMissing(language: Language): Finding {
  const text = `The image of ${language.id}, ${imageName(language)}, is not there: run ./deploy.sh, or load it.`;
  return finding('image-missing', text);
}
