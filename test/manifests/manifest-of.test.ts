import { expect, test } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { type Language, loadLanguages } from '../../src/languages.js';
import { parseManifestOf } from '../../src/manifests/manifest-of.js';

const languages = loadLanguages(`${loadConfig({ CONFIG_FILE: '/dev/null' }).root}/languages`);
const language = (id: string) => languages.find((language) => language.id === id) as Language;
const python = language('python');
const file = (content: string, path = 'requirements.txt') => ({ path, content });

test('a job without one has none', () => {
  expect(parseManifestOf({ files: [file('numpy')] }, python)).toBeUndefined();
});

test('it is found by its path, in whatever encoding', () => {
  const files = [file('x', 'a.txt'), file('numpy', 'app/requirements.txt')];
  const read = parseManifestOf({ manifest: 'app/requirements.txt', files }, python);
  expect(read).toEqual({ name: 'requirements.txt', packages: ['numpy'], text: 'numpy\n' });
  const content = Buffer.from('numpy').toString('base64');
  const base64 = { path: 'requirements.txt', content, encoding: 'base64' as const };
  expect(parseManifestOf({ manifest: 'requirements.txt', files: [base64] }, python)).toEqual(read);
});

test.each([
  ['requirements.txt', [], 'requirements.txt is none of files'],
  ['app/requirements.txt', [file('x')], 'app/requirements.txt is none of files'],
  ['package.json', [file('{}', 'package.json')], 'must be called requirements.txt, not package.json'],
  ['requirements.txt/x', [file('x')], 'must be called requirements.txt'],
  ['requirements.txt', [file('a\n-r b')], 'requirements.txt: line 2: options are not taken: -r b'],
  ['requirements.txt', [file(`#${'x'.repeat(65_536)}`)], 'requirements.txt: has more than 65536 bytes'],
  ['requirements.txt', [file('a\n'.repeat(101))], 'requirements.txt: asks for more than 100 packages (101)'],
])('%s with %j is refused', (manifest, files, why) => {
  expect(() => parseManifestOf({ manifest, files }, python)).toThrow(why);
});

test.each([
  [
    'javascript',
    'package.json',
    JSON.stringify({
      dependencies: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`p${n}`, '1'])),
    }),
  ],
  ['go', 'go.mod', Array.from({ length: 101 }, (_, n) => `require example.org/p${n} v1.0.0`).join('\n')],
])('one package too many is refused in %s as well', (id, name, content) => {
  expect(() => parseManifestOf({ manifest: name, files: [file(content, name)] }, language(id))).toThrow(
    `${name}: asks for more than 100 packages (101)`,
  );
});

test('what is no UTF-8 is refused', () => {
  const content = Buffer.from([0x61, 0xff]).toString('base64');
  const files = [{ path: 'requirements.txt', content, encoding: 'base64' as const }];
  expect(() => parseManifestOf({ manifest: 'requirements.txt', files }, python)).toThrow(
    'requirements.txt: must be UTF-8',
  );
});

test('a language that takes none says so', () => {
  const files = [file('x')];
  expect(() => parseManifestOf({ manifest: 'requirements.txt', files }, language('bash'))).toThrow(
    'jobs in Bash cannot bring dependencies along',
  );
});
