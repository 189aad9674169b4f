// A repository of Composer's packages: packages.json, and the archives.
import { type ArchiveFiles, zip } from './archives.js';

export type ComposerPackage = {
  name: string;
  version: string;
  /** Versions by name. */
  require?: Record<string, string>;
  type?: string;
  /** Of its root folder, such as { "psr-4": … }. */
  autoload?: object;
  extra?: object;
  /** Without files there is no archive, only a place to clone it from. */
  files?: ArchiveFiles;
};

/** The files by path of a repository at `url`. */
export function composerRepository(
  url: string,
  packages: readonly ComposerPackage[],
): Map<string, Buffer | string> {
  const files = new Map<string, Buffer | string>();
  const listed: Record<string, Record<string, object>> = {};
  for (const { name, version, files: content, type = 'library', ...others } of packages) {
    const path = `/dist/${name}-${version}.zip`;
    if (content !== undefined) files.set(path, zip(inFolder(content)));
    const place =
      content === undefined
        ? { source: { type: 'git', url: 'https://git.example/x.git', reference: 'main' } }
        : { dist: { type: 'zip', url: `${url}${path}` } };
    listed[name] = { ...listed[name], [version]: { name, version, type, ...others, ...place } };
  }
  return files.set('/packages.json', JSON.stringify({ packages: listed }));
}

/** Archives have all their files in one folder. */
const inFolder = (files: ArchiveFiles): ArchiveFiles =>
  Object.fromEntries(Object.entries(files).map(([path, content]) => [`package/${path}`, content]));
