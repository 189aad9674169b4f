import { expect, test } from 'vitest';
import { parseGoMod } from '../../src/manifests/go-mod.js';

test('modules with their versions are taken, one by one and in blocks', () => {
  const { packages, text } = parseGoMod(
    [
      'module example.org/mine // ours',
      '',
      'go 1.24.1',
      'toolchain go1.24.4',
      'require gopkg.in/yaml.v3 v3.0.1\r',
      'require (',
      '\tgithub.com/Some/Thing/v2 v2.0.0-20240101000000-0123456789ab // indirect',
      '\texample.com/a_b/c~d v1.0.0+incompatible',
      ')',
    ].join('\n'),
  );
  expect(packages).toEqual(['gopkg.in/yaml.v3', 'github.com/Some/Thing/v2', 'example.com/a_b/c~d']);
  expect(text).toBe(
    [
      'module job',
      'go 1.24.1',
      'require example.com/a_b/c~d v1.0.0+incompatible',
      'require github.com/Some/Thing/v2 v2.0.0-20240101000000-0123456789ab',
      'require gopkg.in/yaml.v3 v3.0.1',
      '',
    ].join('\n'),
  );
});

test('a module that requires none asks for none', () => {
  expect(parseGoMod('module x\n').packages).toEqual([]);
});

test.each([
  ['replace example.org/a => ../a', 'only module'],
  ['replace example.org/a => example.org/b v1.0.0', 'only module'],
  ['exclude example.org/a v1.0.0', 'only module'],
  ['tool example.org/a', 'only module'],
  ['godebug default=go1.21', 'only module'],
  ['retract v1.0.0', 'only module'],
  ['replace (\nexample.org/a => /etc', 'only module'],
  ['require ../a v1.0.0', 'must be like require'],
  ['require /etc v1.0.0', 'must be like require'],
  ['require a v1.0.0', 'must be like require'],
  ['require example.org/../a v1.0.0', 'must be like require'],
  ['require "example.org/a" v1.0.0', 'must be like require'],
  ['require example.org/a', 'must be like require'],
  ['require example.org/a latest', 'must be like require'],
  ['require example.org/a master', 'must be like require'],
  ['require example.org/a v1', 'must be like require'],
  ['require example.org/a v1.0.0 v2.0.0', 'must be like require'],
  ['require https://example.org/a v1.0.0', 'must be like require'],
  ['require example.org/$(id) v1.0.0', 'must be like require'],
  ['require -x.org/a v1.0.0', 'must be like require'],
  ['require example.org/a\0 v1.0.0', 'must be like require'],
  ['require example.org/a v1.0.0\0', 'must be like require'],
  ['require example.org/a v1.0.0\u2028replace example.org/a => ../a', 'must be like require'],
  ['require example.org/.. v1.0.0', 'must be like require'],
  ['require file:///etc/passwd v1.0.0', 'must be like require'],
  ['go 2.0', 'must be like go'],
  ['go 1.24 x', 'must be like go'],
  ['go', 'must be like go'],
  [`require ${'a.'.repeat(30_000)} v1.0.0`, 'has more than 1000 characters'],
])('%j is refused, with its line', (lines, why) => {
  const parse = () => parseGoMod(`module x\n\n${lines}\n`);
  expect(parse).toThrow(/^line [34]: /);
  expect(parse).toThrow(why);
});
