// A registry of Ruby's gems: the compact index that Bundler reads, and the gems.
import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { type ArchiveFiles, tar, tarGz } from './archives.js';

export type Gem = {
  name: string;
  version: string;
  /** A version by name, all newer ones of the same major version are good as well. */
  needs?: Record<string, string>;
  extensions?: string[];
  files: ArchiveFiles;
};

/** The index's files by path. */
export function gemIndex(gems: readonly Gem[]): Map<string, Buffer | string> {
  const files = new Map<string, Buffer | string>();
  const versions = ['created_at: 2024-01-01T00:00:00Z', '---'];
  for (const name of new Set(gems.map(({ name }) => name))) {
    const all = gems.filter((gem) => gem.name === name);
    const lines = all.map((gem) => {
      const bytes = toGem(gem);
      files.set(`/gems/${name}-${gem.version}.gem`, bytes);
      const needs = Object.entries(gem.needs ?? {}).map(([other, version]) => `${other}:~> ${version}`);
      return `${gem.version} ${needs.join()}|checksum:${digest('sha256', bytes)}`;
    });
    const info = `---\n${lines.join('\n')}\n`;
    files.set(`/info/${name}`, info);
    versions.push(`${name} ${all.map(({ version }) => version).join()} ${digest('md5', info)}`);
  }
  return files.set('/versions', `${versions.join('\n')}\n`);
}

function toGem(gem: Gem): Buffer {
  const parts = { 'metadata.gz': gzipSync(toMetadata(gem)), 'data.tar.gz': tarGz(gem.files) };
  const sums = Object.entries(parts).map(([name, bytes]) => `  ${name}: ${digest('sha256', bytes)}`);
  return tar({ ...parts, 'checksums.yaml.gz': gzipSync(['---', 'SHA256:', ...sums, ''].join('\n')) });
}

const toMetadata = ({
  name,
  version,
  needs = {},
  extensions = [],
  files,
}: Gem) => `--- !ruby/object:Gem::Specification
name: ${name}
version: !ruby/object:Gem::Version
  version: ${version}
platform: ruby
authors: [somebody]
summary: ${name}
specification_version: 4
require_paths: [lib]
extensions: ${JSON.stringify(extensions)}
files: ${JSON.stringify(Object.keys(files))}
dependencies:${
  Object.entries(needs)
    .map(([other, least]) => toDependency(other, least))
    .join('') || ' []'
}
`;

const toDependency = (name: string, least: string) => `
- !ruby/object:Gem::Dependency
  name: ${name}
  type: :runtime
  prerelease: false
  requirement: !ruby/object:Gem::Requirement
    requirements: [["~>", !ruby/object:Gem::Version { version: "${least}" }]]`;

const digest = (algorithm: string, content: Buffer | string) =>
  createHash(algorithm).update(content).digest('hex');
