// A mirror of CPAN: the index of modules, and the distributions.
import { gzipSync } from 'node:zlib';
import { type ArchiveFiles, tarGz } from './archives.js';

export type Distribution = {
  name: string;
  version: string;
  /** Those that the index knows, all of the distribution's version. */
  modules: string[];
  /** Versions by module. */
  requires?: Record<string, string>;
  files: ArchiveFiles;
};

/** The mirror's files by path. */
export function cpanMirror(distributions: readonly Distribution[]): Map<string, Buffer | string> {
  const files = new Map<string, Buffer | string>();
  const lines = ['File: 02packages.details.txt', ''];
  for (const { name, version, modules, requires = {}, files: content } of distributions) {
    const path = `S/SO/SOMEBODY/${name}-${version}.tar.gz`;
    const meta = JSON.stringify({
      ...{ name, version, abstract: name, author: ['somebody'], license: ['mit'], dynamic_config: 0 },
      ...{ generated_by: 'hand', release_status: 'stable', 'meta-spec': { version: 2 } },
      prereqs: { runtime: { requires }, test: { requires: { 'No::Such::Module': '1' } } },
    });
    const entries = Object.entries({ 'META.json': meta, ...content });
    files.set(
      `/authors/id/${path}`,
      tarGz(Object.fromEntries(entries.map(([file, text]) => [`${name}-${version}/${file}`, text]))),
    );
    lines.push(...modules.map((module) => `${module}  ${version}  ${path}`));
  }
  return files.set('/modules/02packages.details.txt.gz', gzipSync(`${lines.join('\n')}\n`));
}
