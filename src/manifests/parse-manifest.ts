// What a manifest of a job's dependencies may say, by its file's name. What is taken from it is written anew, so that no byte of the
// caller's reaches what reads it.

import { parseCargoToml } from './cargo-toml.js';
import { parseComposerJson } from './composer-json.js';
import { parseCpanfile } from './cpanfile.js';
import { parseGemfile } from './gemfile.js';
import { parseGoMod } from './go-mod.js';
import type { Manifest } from './manifest.js';
import { parsePackageJson } from './package-json.js';
import { parsePom } from './pom-xml.js';
import { parseRequirements } from './requirements.js';

const MAX_BYTES = 65_536;
const MAX_PACKAGES = 100;

const PARSERS = {
  'Cargo.toml': parseCargoToml,
  Gemfile: parseGemfile,
  'composer.json': parseComposerJson,
  cpanfile: parseCpanfile,
  'go.mod': parseGoMod,
  'package.json': parsePackageJson,
  'pom.xml': parsePom,
  'requirements.txt': parseRequirements,
} satisfies Record<string, (text: string) => Manifest>;

/** Name of a file that is understood. */
export type ManifestName = keyof typeof PARSERS;

export const MANIFEST_NAMES = Object.keys(PARSERS) as [ManifestName, ...ManifestName[]];

/**
 * Reads a manifest.
 * @throws Error that says what is not taken, and in which line or field
 */
export function parseManifest(name: ManifestName, content: Buffer): Manifest {
  if (content.length > MAX_BYTES) throw new Error(`has more than ${MAX_BYTES} bytes`);
  const manifest = PARSERS[name](toText(content));
  if (manifest.packages.length > MAX_PACKAGES) {
    throw new Error(`asks for more than ${MAX_PACKAGES} packages (${manifest.packages.length})`);
  }
  return manifest;
}

function toText(content: Buffer): string {
  try {
    return new TextDecoder('utf8', { fatal: true }).decode(content);
  } catch {
    throw new Error('must be UTF-8');
  }
}
