// What a language's folder pins of other registries than Debian's, by the files that its build holds them to.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { Language } from '../languages.js';

export type PinnedPackage = {
  name: string;
  version: string;
  /** Its package URL. */
  purl: string;
};

/** The list of a language's jars, as Maven's repositories have them, after their SHA-256. */
export const JARS_LIST = 'jars.sha256';

const lockSchema = z.object({
  packages: z.record(
    z.string(),
    z.object({
      version: z.string().optional(),
      os: z.array(z.string()).optional(),
      cpu: z.array(z.string()).optional(),
    }),
  ),
});

/** Of what is read from them, which images carry: another one gives them other names. */
export const PINNED_RULES = 'jars, npm, PyPI';

const READERS: Record<string, (text: string) => PinnedPackage[]> = {
  [JARS_LIST]: readJars,
  'package-lock.json': readPackageLock,
  'requirements.txt': readRequirements,
};

/** The packages that a language's folder pins, none where it has no such file. */
export function readPinnedPackages({ folder }: Pick<Language, 'folder'>): PinnedPackage[] {
  return Object.entries(READERS).flatMap(([file, read]) => {
    const path = join(folder, file);
    return existsSync(path) ? read(readFileSync(path, 'utf8')) : [];
  });
}

function readJars(text: string): PinnedPackage[] {
  return linesOf(text).map((line) => {
    // org/example/library/1.0/library-1.0.jar
    const parts = (line.split('  ')[1] ?? '').split('/');
    const [name = '', version = ''] = parts.slice(-3);
    return toPackage(`maven/${parts.slice(0, -3).join('.')}`, name, version);
  });
}

/** Those that npm leaves out on this machine are not in its images either. */
function readPackageLock(text: string): PinnedPackage[] {
  const { packages } = lockSchema.parse(JSON.parse(text));
  return Object.entries(packages).flatMap(([path, { version, os, cpu }]) => {
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const isHere = allows(os, 'linux') && allows(cpu, process.arch);
    return path === '' || version === undefined || !isHere ? [] : [toPackage('npm', name, version)];
  });
}

/** npm's lists name what is meant, or with a mark what is not. */
const allows = (list: readonly string[] | undefined, value: string) =>
  list === undefined ||
  list.includes(value) ||
  (list.every((one) => one.startsWith('!')) && !list.includes(`!${value}`));

function readRequirements(text: string): PinnedPackage[] {
  return linesOf(text).flatMap((line) => {
    const [, name, version] = /^([\w.-]+)(?:\[[^\]]*\])?\s*==\s*([^\s;]+)/.exec(line) ?? [];
    return name === undefined || version === undefined ? [] : [toPackage('pypi', name, version)];
  });
}

const linesOf = (text: string) => text.split('\n').filter((line) => line.trim() !== '');

function toPackage(where: string, name: string, version: string): PinnedPackage {
  const path = name.split('/').map(encodeURIComponent).join('/');
  return { name, version, purl: `pkg:${where}/${path}@${encodeURIComponent(version)}` };
}
