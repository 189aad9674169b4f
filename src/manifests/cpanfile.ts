// cpanfile of Perl's modules, as far as it requires modules by version. It is Perl code, so each line is the one that is known.
import type { Manifest } from './manifest.js';
import { mapStatements } from './map-statements.js';

const REQUIRES = /^requires\s+(["'])([A-Za-z0-9_:]+)\1(?:\s*(?:,|=>)\s*(["'])([0-9v._ ,<>=!]*)\3)?\s*;$/;
const NAME = /^[A-Za-z_]\w{0,99}(?:::\w{1,99}){0,20}$/;
const VERSION = /^(?:(?:[<>]=?|[!=]=)\s*)?v?\d+(?:\.\d+)*(?:_\d+)?$/;

/** @throws Error that names the line */
export function parseCpanfile(text: string): Manifest {
  const modules = mapStatements(text, parseRequires);
  const lines = modules.map(({ name, versions }) => `requires "${name}", "${versions}";\n`);
  return { packages: modules.map(({ name }) => name), text: lines.sort().join('') };
}

function parseRequires(statement: string): { name: string; versions: string } {
  const [, , name = '', , list = '0'] = REQUIRES.exec(statement) ?? [];
  const versions = list.split(',').map((version) => version.trim().replace(/\s+/g, ' '));
  if (!NAME.test(name) || !versions.every((version) => VERSION.test(version))) {
    throw new Error("must be like requires 'Some::Module', '>= 1.0, < 2.0';");
  }
  return { name, versions: versions.join(', ') };
}
