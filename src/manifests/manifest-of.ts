// The manifest among a job's files.
import type { JobRequest } from '../job.js';
import type { Language } from '../languages.js';
import { shorten } from '../shorten.js';
import type { Manifest } from './manifest.js';
import { parseManifest } from './parse-manifest.js';

/** A manifest and the name under which a language takes it. */
export type NamedManifest = Manifest & { name: string };

/**
 * Reads the file that the job names as its manifest; undefined when it names none.
 * @throws Error that says what is wrong with it
 */
export function parseManifestOf(
  { manifest: path, files = [] }: Pick<JobRequest, 'manifest' | 'files'>,
  { name: language, dependencies }: Pick<Language, 'name' | 'dependencies'>,
): NamedManifest | undefined {
  if (path === undefined) return undefined;
  if (dependencies === undefined) throw new Error(`jobs in ${language} cannot bring dependencies along`);
  const name = dependencies.manifests.find((known) => known === path.split('/').at(-1));
  if (name === undefined) {
    throw new Error(`must be called ${dependencies.manifests.join(' or ')}, not ${shorten(path)}`);
  }
  const file = files.find((file) => file.path === path);
  if (file === undefined) throw new Error(`${shorten(path)} is none of files`);
  try {
    return { name, ...parseManifest(name, Buffer.from(file.content, file.encoding)) };
  } catch (error) {
    throw new Error(`${shorten(path)}: ${(error as Error).message}`);
  }
}
