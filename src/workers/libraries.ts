// The libraries of a language's image, and their versions, as the image tells them.
import type { Language } from '../languages.js';
import type { InstalledPackage } from './needed-packages.js';

/**
 * The versions of the language's libraries, in the order of its file: those of Debian's packages are `installed`, the others stand
 * in the lines "name version" of `told`.
 * @throws Error that names a library whose version is nowhere
 */
export function libraryVersions(
  { name: language, libraries }: Pick<Language, 'name' | 'libraries'>,
  installed: readonly InstalledPackage[],
  told: string,
): string[] {
  const lines = told.split(/\r?\n/).map((line) => line.split(' '));
  return libraries.map(({ name, package: debian }) => {
    const version =
      debian === undefined
        ? lines.find(([found]) => found === name)?.[1]
        : upstreamVersion(installed.find((found) => found.name === debian)?.version);
    if (!version) throw new Error(`${language}: the image does not tell the version of ${name}`);
    return version;
  });
}

/** "1:2.2.4+ds-1" is Debian's name of 2.2.4. */
function upstreamVersion(version: string | undefined): string | undefined {
  return version?.replace(/^\d+:/, '').replace(/(\+|~|-[^-]*$).*/, '');
}
