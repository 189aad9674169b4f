// Gemfile of Ruby's gems, as far as it names gems and versions. It is Ruby code, so each line is one of two that are known.
import { shorten } from '../shorten.js';
import type { Manifest } from './manifest.js';

const MAX_LINE_CHARS = 1_000;

const GEM = /^gem\s+(.+)$/;
const SOURCE = /^source\s+(["'])https:\/\/rubygems\.org\/?\1$/;

/** Between quotes; nothing in it that Ruby reads as more than text. */
const QUOTED = /^(["'])([A-Za-z0-9 .<>=!~_-]*)\1$/;
const NAME = /^(?=.*[A-Za-z])[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/;
const VERSION = /^(?:[=<>]|!=|>=|<=|~>)?\s*\d+(?:\.[A-Za-z0-9]+)*(?:-[A-Za-z0-9.]+)?$/;

/** @throws Error that names the line */
export function parseGemfile(text: string): Manifest {
  const gems: { name: string; versions: string[] }[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r\n|\r|\n/)
    .entries()) {
    const statement = line.replace(/(^|\s)#.*$/, '').trim();
    try {
      if (line.length > MAX_LINE_CHARS) throw new Error(`has more than ${MAX_LINE_CHARS} characters`);
      if (statement === '' || SOURCE.test(statement)) continue;
      gems.push(parseGem(statement));
    } catch (error) {
      throw new Error(`line ${index + 1}: ${(error as Error).message}: ${shorten(statement)}`);
    }
  }
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
