import type Docker from 'dockerode';
import { type Finding, finding } from '../../host-finding.js';
import type { Language } from '../../languages.js';
import { imageName } from '../build-images.js';
import type { HostCheck } from './host-check.js';

const CALL_LIMIT_MS = 10_000;

/**
 * The languages whose images are there.
 * @throws Error when the engine does not answer in time.
 */
export async function presentLanguages(docker: Docker, languages: readonly Language[]): Promise<Language[]> {
  const images = await docker.listImages({
    filters: { reference: languages.map(imageName) },
    abortSignal: AbortSignal.timeout(CALL_LIMIT_MS),
  });
  const names = new Set(images.flatMap(({ RepoTags }) => RepoTags ?? []));
  return languages.filter((language) => names.has(imageName(language)));
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

export function imageMissing(language: Language): Finding {
  const text = `The image of ${language.id}, ${imageName(language)}, is not there: run ./deploy.sh, or load it.`;
  return finding('image-missing', text);
}
