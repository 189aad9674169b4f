import { expect, test } from 'vitest';
import { parsePackageJson } from '../../src/manifests/package-json.js';

const parse = (dependencies: unknown) => parsePackageJson(JSON.stringify({ dependencies }));

test('only the dependencies count, in order', () => {
  const { packages, text } = parsePackageJson(
    JSON.stringify({
      name: 'mine',
      scripts: { preinstall: 'sh' },
      dependencies: {
        zod: '^4.0.0',
        '@scope/a.b': '>=1.2 <2 || 3.x',
        JSONStream: '*',
        dayjs: 'latest',
        a: '',
      },
      devDependencies: { evil: 'git+ssh://x' },
      overrides: { zod: 'file:x' },
      workspaces: ['x'],
    }),
  );
  expect(packages).toEqual(['@scope/a.b', 'JSONStream', 'a', 'dayjs', 'zod']);
  expect(JSON.parse(text)).toEqual({
    private: true,
    dependencies: { '@scope/a.b': '>=1.2 <2 || 3.x', JSONStream: '*', a: '', dayjs: 'latest', zod: '^4.0.0' },
  });
});

test.each([
  ['{}', []],
  ['{"dependencies": {}}', []],
  ['\uFEFF{"type": "module"}', []],
])('%j asks for nothing', (text, packages) => {
  expect(parsePackageJson(text).packages).toEqual(packages);
});

test.each([
  ...['git+https://h.test/x.git', 'git://h.test/x', 'github:user/repo', 'user/repo', 'https://h.test/x.tgz'],
  ...['file:../x', 'file:/etc', '../x', './x', '/etc', '~/x', '.', '..', 'link:../x', 'workspace:*'],
  ...[
    'npm:other@1.0.0',
    'x.tgz',
    'x.tar',
    'x.TAR.GZ',
    'x.tgz ',
    'catalog:',
    'patch:x',
    'a\nb',
    '1.0; id',
    '$(id)',
  ],
  ...['`id`', '"', 'ä', 'x'.repeat(201), '1\0', '1\u2028--registry=x', '1\t2'],
])('the versions %j are refused', (versions) => {
  expect(() => parse({ good: '1', lodash: versions })).toThrow(
    /^dependencies\.lodash: must be a range of versions or a tag/,
  );
});

test.each([
  ...[
    '',
    '.',
    '..',
    '.bin',
    '_x',
    '../x',
    'a/b',
    '@a',
    '@/a',
    '@a/',
    '@a/b/c',
    '@../x',
    'a b',
    'a\\b',
    'http://x',
  ],
  ...['--prefix=/', 'ä', 'a@1', 'x'.repeat(215), 'a\0', 'a\n--registry', 'a\u2028b', '-g x'],
])('the name %j is refused', (name) => {
  expect(() => parse({ [name]: '1' })).toThrow('this is no name of a package');
});

test('what is nested as deep as it fits is refused, or says nothing', () => {
  const deep = (open: string, close: string) => open.repeat(32_000) + close.repeat(32_000);
  for (const text of [deep('[', ']'), deep('[', ''), '['.repeat(65_536)])
    expect(() => parsePackageJson(text)).toThrow(/^is no JSON|^must be an object/);
  expect(() => parsePackageJson(`{"dependencies": {"a": ${deep('[', ']')}}}`)).toThrow('a: must be a text');
  expect(parsePackageJson(`{"x": ${deep('[', ']')}}`).packages).toEqual([]);
});

test('a name that JavaScript knows is no way around', () => {
  expect(() => parsePackageJson('{"dependencies": {"__proto__": "1"}}')).toThrow('no name of a package');
  expect(parsePackageJson('{"__proto__": {"dependencies": {"x": "git:x"}}}').packages).toEqual([]);
});

test.each([
  ['', 'is no JSON'],
  ['{"dependencies": {"a": "1",}}', 'is no JSON'],
  ['[]', 'must be an object'],
  ['null', 'must be an object'],
  ['"x"', 'must be an object'],
  ['{"dependencies": []}', 'dependencies: must be an object'],
  ['{"dependencies": null}', 'dependencies: must be an object'],
  ['{"dependencies": {"a": 1}}', 'dependencies.a: must be a text'],
  ['{"dependencies": {"a": {"version": "1"}}}', 'dependencies.a: must be a text'],
])('%j is refused: %s', (text, why) => {
  expect(() => parsePackageJson(text)).toThrow(why);
});
