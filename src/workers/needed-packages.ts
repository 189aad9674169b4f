// Which of an image's Debian packages a program can need: the language's own and what they depend on. The rest is what
// installed them, and would only help an attacker.
import type { Language } from '../languages.js';

/** One package of an image. */
export type InstalledPackage = {
  name: string;
  version: string;
  architecture: string;
  /** Names that it answers to as well. */
  provides: string[];
  /** What it needs: of each list, one that is installed. */
  depends: string[][];
};

/** What prints the packages of an image, for `parsePackages`. */
export const LIST_PACKAGES = [
  'dpkg-query',
  '--show',
  // biome-ignore lint/suspicious/noTemplateCurlyInString: fields of dpkg
  '--showformat=${Package}\\t${Version}\\t${Architecture}\\t${Provides}\\t${Pre-Depends}, ${Depends}\\n',
];

/** What is kept besides a language's packages and what they depend on. */
export const PACKAGE_RULES = {
  /** Folders, users, the UTF-8 locale and time zones. */
  always: ['base-files', 'base-passwd', 'libc-bin', 'tzdata'],
  /** For languages whose standard library hands commands to a shell: it, and what people call from it. */
  shell: ['dash', 'coreutils', 'findutils', 'grep', 'sed'],
  /** Packages depend on these to be installed and set up, which is over; programs need none of them. */
  never: [
    ...['apt', 'dpkg', 'debconf', 'ucf', 'sensible-utils', 'init-system-helpers'],
    ...['login', 'mount', 'passwd', 'util-linux'],
  ],
};

/** Reads what LIST_PACKAGES printed. */
export function parsePackages(text: string): InstalledPackage[] {
  return text
    .split(/\r?\n/)
    .filter((line) => line.includes('\t'))
    .map((line) => {
      const [name = '', version = '', architecture = '', provides = '', depends = ''] = line.split('\t');
      return {
        name,
        version,
        architecture,
        provides: toNames(provides, ','),
        depends: depends.split(',').map((alternatives) => toNames(alternatives, '|')),
      };
    });
}

/** The packages of an image that a program of the language can need. */
export function neededPackages(
  installed: readonly InstalledPackage[],
  { packages, needs }: Pick<Language, 'packages' | 'needs'>,
): InstalledPackage[] {
  const needed = new Set<InstalledPackage>();
  const { always, shell, never } = PACKAGE_RULES;
  const names = [...always, ...(needs.includes('shell') ? shell : []), ...packages];
  const wantable = installed.filter(({ name }) => !never.includes(name));
  for (const wanted of names) {
    for (const found of wantable) {
      if (needed.has(found) || (found.name !== wanted && !found.provides.includes(wanted))) continue;
      needed.add(found);
      // The list grows while it is walked.
      names.push(...found.depends.flat());
    }
  }
  return installed.filter((found) => needed.has(found));
}

/** "libc6:amd64 (>= 2.36)" is libc6. */
function toNames(list: string, separator: string): string[] {
  return list
    .split(separator)
    .map((item) => item.trim().replace(/[\s:([].*/, ''))
    .filter((name) => name !== '');
}
