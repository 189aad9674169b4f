// go.mod of Go's modules, as far as it says which modules in which versions: nothing is replaced by what lies elsewhere.
import { shorten } from '../shorten.js';
import type { Manifest } from './manifest.js';

const MODULE = /^[a-z0-9][a-z0-9.-]*\.[a-z]+(?:\/[A-Za-z0-9_~.-]*[A-Za-z0-9_~-])*$/;
const VERSION = /^v\d+\.\d+\.\d+(?:-[A-Za-z0-9.-]+)?(?:\+[A-Za-z0-9.-]+)?$/;
const GO_VERSION = /^1\.\d+(?:\.\d+)?$/;
const MAX_LINE_CHARS = 1_000;

/** @throws Error that names the line */
export function parseGoMod(text: string): Manifest {
  const requirements: { module: string; version: string }[] = [];
  let goVersion: string | undefined;
  let block: string | undefined;
  for (const [index, line] of text.split(/\r\n|\r|\n/).entries()) {
    const words = toWords(line);
    try {
      if (line.length > MAX_LINE_CHARS) throw new Error(`has more than ${MAX_LINE_CHARS} characters`);
      if (words.length === 0) continue;
      if (block !== undefined && words.join() === ')') block = undefined;
      else if (block === undefined && words.length === 2 && words[1] === '(') block = words[0];
      else {
        const [directive, ...values] = block === undefined ? words : [block, ...words];
        if (directive === 'require') requirements.push(toRequirement(values));
        else if (directive === 'go') goVersion = toGoVersion(values);
        else if (directive !== 'module' && directive !== 'toolchain')
          throw new Error('only module, go, toolchain and require are taken');
      }
    } catch (error) {
      throw new Error(`line ${index + 1}: ${(error as Error).message}: ${shorten(line.trim())}`);
    }
  }
  const lines = requirements.map(({ module, version }) => `require ${module} ${version}`).sort();
  return {
    packages: requirements.map(({ module }) => module),
    text: ['module job', ...(goVersion === undefined ? [] : [`go ${goVersion}`]), ...lines, ''].join('\n'),
  };
}

const toWords = (line: string) =>
  line
    .replace(/\/\/.*$/, '')
    .split(/\s+/)
    .filter(Boolean);

function toRequirement([module = '', version = '', ...more]: string[]) {
  if (!MODULE.test(module) || !VERSION.test(version) || more.length > 0)
    throw new Error('must be like require example.org/module v1.2.3');
  return { module, version };
}

function toGoVersion([version = '', ...more]: string[]): string {
  if (!GO_VERSION.test(version) || more.length > 0) throw new Error('must be like go 1.24');
  return version;
}
