// What must hold of every language's image, for `live` and `languages`.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import { describe, expect, test } from 'vitest';
import type { Language } from '../../src/languages.js';
import { imageName } from '../../src/workers/build-images.js';
import { readPinnedPackages } from '../../src/workers/pinned-packages.js';
import { readSbom } from '../../src/workers/sbom.js';
import { docker } from './service.js';

type File = { mode: string; owner: string; path: string };

/** Every file of an image, as tar tells it: "-rwxr-xr-x root/root 1234 2026-01-01 00:00 usr/bin/x -> y". */
async function listFiles(language: Language): Promise<File[]> {
  const container = await docker.createContainer({ Image: imageName(language) });
  try {
    const tar = spawn('tar', ['--list', '--verbose'], { stdio: ['pipe', 'pipe', 'inherit'] });
    (await container.export()).pipe(tar.stdin);
    const lines = (await text(tar.stdout)).trim().split('\n');
    return lines.map((line) => {
      const [mode = '', owner = '', , , , path = ''] = line.split(/\s+/);
      return { mode, owner, path };
    });
  } finally {
    await container.remove();
  }
}

const PACKAGE_MANAGERS = /bin\/(apt|apt-get|aptitude|dpkg|dpkg-deb|debconf|snap|pip3?)$/;
const SHELLS = /bin\/(sh|bash|dash|zsh|ksh|busybox)$/;
const COMPILERS = /bin\/(cc|gcc|g\+\+|clang|tcc|as|ld|make|rustc)$/;
const SYSTEM_PROGRAMS = /bin\/(su|sudo|mount|umount|login|passwd|chsh|newgrp|unshare|nsenter|ssh)$/;

/** Makes the tests of each language's image. */
export function testImages(languages: readonly Language[]): void {
  describe.each(languages)('the image of $id', { timeout: 120_000 }, (language) => {
    test('has no file with more rights than its caller, and nothing that a program may write to', async () => {
      const files = await listFiles(language);
      expect(files.length).toBeGreaterThan(500);
      const regular = files.filter(({ mode }) => mode.startsWith('-'));
      expect(regular.filter(({ mode }) => /[sS]/.test(mode))).toEqual([]);
      expect(files.filter(({ owner }) => !owner.startsWith('root/'))).toEqual([]);
      const writable = files.filter(({ mode }) => /^[-d].......w/.test(mode)).map(({ path }) => path);
      // The first is on tmpfs at run time, the second on the read-only root.
      expect(writable.filter((path) => path !== 'tmp/' && path !== 'var/tmp/')).toEqual([]);
    });

    test('has the programs that the language needs, and no others of use', async () => {
      const paths = (await listFiles(language)).map(({ path }) => path);
      const having = (names: RegExp) => paths.filter((path) => names.test(path));
      expect(having(PACKAGE_MANAGERS)).toEqual([]);
      expect(having(SYSTEM_PROGRAMS)).toEqual([]);
      expect(having(SHELLS).length > 0).toBe(language.needs.includes('shell'));
      if (!language.compile) expect(having(COMPILERS)).toEqual([]);
      expect(having(/^var\/lib\/(apt|dpkg)\/./)).toEqual([]);
      expect(paths).toContain('supervisor');
    });

    test('carries a bill of materials that names its packages', async () => {
      const bom = JSON.parse(await readSbom(docker, language));
      expect(bom).toMatchObject({ bomFormat: 'CycloneDX', specVersion: '1.6' });
      expect(bom.metadata.component).toMatchObject({ name: `braindrill/${language.id}` });
      const names = bom.components.map(({ name }: { name: string }) => name);
      expect(names).toEqual(expect.arrayContaining(['libc6', ...language.packages]));
      expect(names).not.toContain('apt');
      const others = language.libraries.flatMap(({ name, package: debian }) => (debian ? [] : name));
      expect(names).toEqual(expect.arrayContaining(others));
      expect(bom.components).toEqual(
        expect.arrayContaining(readPinnedPackages(language).map((one) => expect.objectContaining(one))),
      );
      for (const { name, purl, version } of bom.components) {
        if (!others.includes(name) && !/^pkg:(maven|npm|pypi)\//.test(purl))
          expect(purl).toMatch(
            /^pkg:deb\/debian\/[\w.+%-]+@[\w.+~%-]+\?arch=(amd64|arm64|all)&distro=trixie$/,
          );
        expect(version).not.toBe('');
      }
    });
  });
}
