// composer.json of PHP's packages: its `require` by version from the registry. What else says something of packages is refused.
import { shorten } from '../shorten.js';
import { isObject, parseJsonObject } from './json-object.js';
import type { Manifest } from './manifest.js';

/** Of the whole package that the job would be, and of its development. */
const IGNORED = new Set([
  ...['$schema', 'authors', 'description', 'funding', 'homepage', 'keywords', 'license', 'name', 'readme'],
  ...['require-dev', 'support', 'time', 'type', 'version'],
]);

/** A package, PHP itself, or one of its extensions. */
const NAME = /^(?:[a-z0-9][a-z0-9_.-]*\/[a-z0-9][a-z0-9_.-]*|php(?:-64bit)?|ext-[a-z0-9_-]+)$/;
const MAX_CHARS = 200;

/** What is between blanks, commas and bars; branches and stabilities are none. */
const VERSION =
  /^(?:[~^]|[<>]=?|!=|==?)?v?\d+(?:\.(?:\d+|[*x]))*(?:[-.]?(?:alpha|beta|a|b|RC|rc|patch|pl|p)[.-]?\d*)?$/;
const BETWEEN = ['*', '-'];

/** @throws Error that names the field */
export function parseComposerJson(text: string): Manifest {
  const { require = {}, ...others } = parseJsonObject(text);
  const unknown = Object.keys(others).find((field) => !IGNORED.has(field));
  if (unknown !== undefined) throw new Error(`${shorten(unknown)}: only require is taken`);
  if (!isObject(require)) throw new Error('require: must be an object');
  const entries = Object.entries(require)
    .map(([name, versions]) => toEntry(name, versions))
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    packages: entries.map(([name]) => name),
    text: `${JSON.stringify({ require: Object.fromEntries(entries) }, null, 2)}\n`,
  };
}

function toEntry(name: string, versions: unknown): [string, string] {
  try {
    const lowerName = name.toLowerCase();
    if (name.length > MAX_CHARS || !NAME.test(lowerName)) throw new Error('this is no name of a package');
    if (typeof versions !== 'string') throw new Error('must be a text');
    if (!isRange(versions)) throw new Error(`must be a range of versions, not ${shorten(versions)}`);
    return [lowerName, versions.trim()];
  } catch (error) {
    throw new Error(`require.${shorten(name)}: ${(error as Error).message}`);
  }
}

function isRange(versions: string): boolean {
  if (versions.length > MAX_CHARS) return false;
  const words = versions
    .trim()
    .replace(/([~^<>=]) +/g, '$1')
    .split(/[ ,|]+/);
  return words.every((word) => BETWEEN.includes(word) || VERSION.test(word));
}
