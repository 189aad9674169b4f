// Gemfile of Ruby's gems, as far as it names gems and versions. It is Ruby code, so each line is one of two that are known.
import type { Manifest } from './manifest.js';
import { mapStatements } from './map-statements.js';

const GEM = /^gem\s+(.+)$/;
const SOURCE = /^source\s+(["'])https:\/\/rubygems\.org\/?\1$/;

/** Between quotes; nothing in it that Ruby reads as more than text. */
const QUOTED = /^(["'])([A-Za-z0-9 .<>=!~_-]*)\1$/;
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const VERSION = /^(?:[=<>]|!=|>=|<=|~>)?\s*\d+(?:\.[A-Za-z0-9]+)*(?:-[A-Za-z0-9.]+)?$/;

/** @throws Error that names the line */
export function parseGemfile(text: string): Manifest {
  const statements = mapStatements(text, (statement) =>
    SOURCE.test(statement) ? [] : [parseGem(statement)],
  );
  const gems = statements.flat();
  const lines = gems.map(({ name, versions }) => `gem ${[name, ...versions].map(toQuoted).join(', ')}\n`);
  return { packages: gems.map(({ name }) => name), text: lines.sort().join('') };
}

function parseGem(statement: string): { name: string; versions: string[] } {
  const [, list] = GEM.exec(statement) ?? [];
  if (list === undefined) throw new Error("only gem, and source 'https://rubygems.org', are taken");
  const [name = '', ...versions] = list.split(',').map((word) => QUOTED.exec(word.trim())?.[2] ?? '');
  if (!NAME.test(name) || !versions.every((version) => VERSION.test(version))) {
    throw new Error("must be like gem 'name', '~> 1.0', '< 1.4', without options");
  }
  return { name, versions: versions.map((version) => version.replace(/\s+/g, ' ')) };
}

const toQuoted = (word: string) => `"${word}"`;
