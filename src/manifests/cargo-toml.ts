// Cargo.toml of a project of one crate, as far as it says which crates it needs, from the registry. What else is taken says nothing
// here: Cargo reads it in the job's own file when it compiles that.
import { parse, stringify, TomlError } from 'smol-toml';
import { z } from 'zod';
import { shorten } from '../shorten.js';
import type { Manifest } from './manifest.js';

const crateName = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,63}$/, 'this is no name of a package');
const versions = z
  .string('must be a text')
  .regex(/^[0-9A-Za-z .,<>=~^*+-]{1,200}$/, 'must be versions such as 1.2 or >=1.2, <1.5');
const featureName = z
  .string('must be a text')
  .regex(/^[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}$/, 'this is no name of a feature');

/** What a feature of the project's own switches on: another one, a crate, or one of a crate's. */
const featurePart = z
  .string('must be a text')
  .regex(/^(?:dep:)?[A-Za-z0-9_][A-Za-z0-9_.+-]{0,63}(?:\??\/[A-Za-z0-9_.+-]{1,64})?$/, 'this is no feature');

const dependency = z.preprocess(
  (value) => (typeof value === 'string' ? { version: value } : value),
  z.strictObject(
    {
      version: versions,
      features: z.array(featureName, 'must be a list').optional(),
      'default-features': z.boolean('must be true or false').optional(),
      optional: z.boolean('must be true or false').optional(),
    },
    'must be versions, or a table',
  ),
);

const dependencies = z.record(crateName, dependency, 'must be a table').optional();

/** What the names and versions do not depend on. */
const left = z.unknown().optional();

const cargoTomlSchema = z.strictObject({
  package: z.looseObject({}, 'must be a table'),
  dependencies,
  'dev-dependencies': dependencies,
  'build-dependencies': dependencies,
  features: z.record(featureName, z.array(featurePart, 'must be a list'), 'must be a table').optional(),
  ...{ lib: left, bin: left, example: left, test: left, bench: left },
  ...{ profile: left, lints: left, badges: left },
});

type Dependency = z.infer<typeof dependency>;

/** Of the resolver that takes no version which this Rust is too old for. */
const PROJECT = {
  package: { name: 'job', version: '0.0.0', edition: '2021', resolver: '3' },
  bin: [{ name: 'job', path: 'main.rs' }],
};

/** @throws Error that names the field */
export function parseCargoToml(text: string): Manifest {
  const read = cargoTomlSchema.safeParse(parseToml(text));
  if (!read.success) throw new Error(toText(read.error.issues));
  const { features = {}, ...tables } = read.data;
  const asked = {
    dependencies: sorted(tables.dependencies, toNormal),
    'dev-dependencies': sorted(tables['dev-dependencies'], toNormal),
    'build-dependencies': sorted(tables['build-dependencies'], toNormal),
  };
  return {
    packages: [...new Set(Object.values(asked).flatMap(Object.keys))],
    text: stringify({ ...PROJECT, ...asked, features: sorted(features, (parts) => [...parts].sort()) }),
  };
}

function parseToml(text: string): unknown {
  try {
    return parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [what = ''] = error.message.replace('Invalid TOML document: ', '').split('\n');
    throw new Error(`is no TOML (line ${error.line}: ${shorten(what)})`);
  }
}

/** What is there and not taken comes before what is missing. */
function toText(issues: readonly z.core.$ZodIssue[]): string {
  const unknown = issues.find((issue) => issue.code === 'unrecognized_keys');
  if (unknown) return `${toField([...unknown.path, unknown.keys[0] ?? ''])}: is not taken`;
  const [{ path, message } = { path: [], message: '' }] = issues.map((issue) =>
    issue.code === 'invalid_key' ? { ...issue, ...issue.issues[0], path: issue.path } : issue,
  );
  return `${toField(path)}: ${message}`;
}

const toField = (path: readonly PropertyKey[]) => path.map((part) => shorten(String(part))).join('.');

/** The same for all that mean the same. */
function toNormal({ features = [], optional, ...dependency }: Dependency) {
  return {
    version: dependency.version.trim(),
    features: [...features].sort(),
    'default-features': dependency['default-features'] ?? true,
    ...(optional ? { optional } : {}),
  };
}

function sorted<From, To>(
  table: Record<string, From> = {},
  toEntry: (value: From) => To,
): Record<string, To> {
  const entries = Object.entries(table).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([name, value]) => [name, toEntry(value)]));
}
