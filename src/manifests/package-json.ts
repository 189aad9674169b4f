// package.json of Node's packages: its `dependencies` by version from the registry. All else in it says nothing here.
import { shorten } from '../shorten.js';
import { isObject, parseJsonObject } from './json-object.js';
import type { Manifest } from './manifest.js';

const NAME = /^(?:@[a-z0-9~-][a-z0-9._~-]*\/)?[A-Za-z0-9~-][A-Za-z0-9._~-]*$/;
const MAX_NAME_CHARS = 214;

/** A range of versions or a tag. What begins with a dot or ends like an archive would be taken for a file. */
const VERSIONS = /^(?!\.)[A-Za-z0-9 .,<>=~^|*+_-]{0,200}$/;
const ARCHIVE = /\.(?:tgz|tar\.gz|tar)$/i;

/** @throws Error that names the field */
export function parsePackageJson(text: string): Manifest {
  const { dependencies = {} } = parseJsonObject(text);
  if (!isObject(dependencies)) throw new Error('dependencies: must be an object');
  const entries = Object.entries(dependencies).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [name, versions] of entries) {
    try {
      refuseEntry(name, versions);
    } catch (error) {
      throw new Error(`dependencies.${shorten(name)}: ${(error as Error).message}`);
    }
  }
  return {
    packages: entries.map(([name]) => name),
    text: `${JSON.stringify({ private: true, dependencies: Object.fromEntries(entries) }, null, 2)}\n`,
  };
}

function refuseEntry(name: string, versions: unknown): void {
  if (name.length > MAX_NAME_CHARS || !NAME.test(name)) throw new Error('this is no name of a package');
  if (typeof versions !== 'string') throw new Error('must be a text');
  if (!VERSIONS.test(versions) || ARCHIVE.test(versions.trim())) {
    throw new Error(`must be a range of versions or a tag, not ${shorten(versions)}`);
  }
}
