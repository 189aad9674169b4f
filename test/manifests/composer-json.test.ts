import { expect, test } from 'vitest';
import { parseComposerJson } from '../../src/manifests/composer-json.js';

const parse = (require: unknown) => parseComposerJson(JSON.stringify({ require }));

test('only what is required counts, in order', () => {
  const { packages, text } = parseComposerJson(
    JSON.stringify({
      name: 'me/mine',
      require: {
        php: '>= 8.1',
        'ext-json': '*',
        'Monolog/Monolog': ' ^3.0 ',
        'a-b/c_d.e': '1.0.*|~2.1,!=2.1.3',
      },
      'require-dev': { 'evil/evil': 'dev-main' },
    }),
  );
  expect(packages).toEqual(['a-b/c_d.e', 'ext-json', 'monolog/monolog', 'php']);
  expect(JSON.parse(text)).toEqual({
    require: { 'a-b/c_d.e': '1.0.*|~2.1,!=2.1.3', 'ext-json': '*', 'monolog/monolog': '^3.0', php: '>= 8.1' },
  });
});

test.each([
  '1',
  'v1.2.3',
  '1.0 - 2.0',
  '^1 || ^2',
  '>=1.0 <2.0',
  '1.0.0-beta2',
  '2.0.0-RC1',
  '1.x',
  '=1.0',
  '*',
])('the versions %j are taken', (versions) => {
  expect(parse({ 'a/b': versions }).packages).toEqual(['a/b']);
});

test.each(['{}', '{"require": {}}', '\uFEFF{"type": "project"}'])('%j asks for nothing', (text) => {
  expect(parseComposerJson(text).packages).toEqual([]);
});

test.each([
  ...[
    'repositories',
    'scripts',
    'scripts-descriptions',
    'config',
    'extra',
    'autoload',
    'autoload-dev',
    'bin',
  ],
  ...[
    'minimum-stability',
    'prefer-stable',
    'replace',
    'provide',
    'conflict',
    'archive',
    'suggest',
    '__proto__',
  ],
])('%s is refused', (field) => {
  expect(() => parseComposerJson(`{"require": {"a/b": "1"}, "${field}": {}}`)).toThrow(
    `${field}: only require is taken`,
  );
});

test.each([
  ...[
    'dev-main',
    '1.0.x-dev',
    '^1.0@dev',
    '@stable',
    '1.0 as 2.0',
    'dev-main#0123456',
    'latest',
    '',
    '1.0#abc',
  ],
  ...[
    'https://h.test/x.zip',
    '../x',
    '/etc',
    '1.0; id',
    '$(id)',
    '1\n2',
    '1.',
    '>',
    'ä',
    `1${' '.repeat(200)}`,
  ],
  ...['%s', '1.0.0-beta2-x', '~', '1..2'],
])('the versions %j are refused', (versions) => {
  expect(() => parse({ 'good/one': '1', 'bad/one': versions })).toThrow(
    /^require\.bad\/one: must be a range of versions/,
  );
});

test.each([
  ...[
    '',
    'a',
    'a/',
    '/b',
    'a/b/c',
    '../b',
    'a/..',
    'a b/c',
    '-a/b',
    'http://x',
    'lib-curl',
    'composer',
    'ext-',
  ],
  ...['composer-plugin-api', 'php-debug', 'ä/b', `a/${'x'.repeat(200)}`, 'a/b:1', '__proto__'],
])('the name %j is refused', (name) => {
  expect(() => parseComposerJson(`{"require": {${JSON.stringify(name)}: "1"}}`)).toThrow(
    'this is no name of a package',
  );
});

test.each([
  ['[]', 'must be an object'],
  ['null', 'must be an object'],
  ['{"require": []}', 'require: must be an object'],
  ['{"require": {"a/b": 1}}', 'require.a/b: must be a text'],
  ['{"require": ', 'is no JSON'],
])('%j is refused', (text, why) => {
  expect(() => parseComposerJson(text)).toThrow(why);
});
