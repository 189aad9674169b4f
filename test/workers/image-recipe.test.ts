import { appendFileSync, cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { findLanguage, type Language, loadLanguages } from '../../src/languages.js';
import {
  dependencyImageName,
  imageName,
  ownBuildFiles,
  ownResolveFiles,
} from '../../src/workers/image-recipe.js';

/** Ruby, from a copy of its folder. */
function copyRuby(): Language {
  const ruby = findLanguage(loadLanguages(join(PROJECT_ROOT, 'languages')), 'ruby') as Language;
  const folder = mkdtempSync(join(tmpdir(), 'braindrill-recipe-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  cpSync(ruby.folder, folder, { recursive: true });
  return { ...ruby, folder };
}

test('every file that gets dependencies is in the name of the images with them, and in no other', () => {
  const ruby = copyRuby();
  expect(ownResolveFiles(ruby)).toEqual(['resolve.rb', 'resolve.sh']);
  expect(ownBuildFiles(ruby)).toEqual(['Dockerfile', 'ruby-ready.rb']);
  const manifest = { name: 'Gemfile', text: 'gem "a"\n' };
  const names = new Set([dependencyImageName(ruby, manifest)]);
  const image = imageName(ruby);
  for (const file of ownResolveFiles(ruby)) {
    appendFileSync(join(ruby.folder, file), '# changed\n');
    names.add(dependencyImageName(ruby, manifest));
  }
  expect(names.size).toBe(3);
  expect(imageName(ruby)).toBe(image);
});
