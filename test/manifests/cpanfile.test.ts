import { expect, test } from 'vitest';
import { parseCpanfile } from '../../src/manifests/cpanfile.js';

test('modules with their versions are taken, in order', () => {
  const { packages, text } = parseCpanfile(
    [
      '# what it needs',
      "requires 'Try::Tiny', '0.30'; # and newer\r",
      'requires "Moo" => ">= 2.0,!= 2.3,  < 3";',
      "  requires 'perl','v5.36.0' ;",
      "requires 'a_B::c9';",
    ].join('\n'),
  );
  expect(packages).toEqual(['Try::Tiny', 'Moo', 'perl', 'a_B::c9']);
  expect(text).toBe(
    [
      'requires "Moo", ">= 2.0, != 2.3, < 3";',
      'requires "Try::Tiny", "0.30";',
      'requires "a_B::c9", "0";',
      'requires "perl", "v5.36.0";',
      '',
    ].join('\n'),
  );
});

test.each(['', '# nothing\n'])('%j asks for nothing', (text) => {
  expect(parseCpanfile(text)).toEqual({ packages: [], text: '' });
});

test.each([
  ...[
    "on 'test' => sub {",
    '};',
    "recommends 'X';",
    "test_requires 'X';",
    "conflicts 'X';",
    "feature 'x' => sub {",
  ],
  ...[
    "requires 'X', git => 'https://h.test/x.git';",
    "requires 'X', '1', dist => 'A/AB/ABC/X-1.tar.gz';",
    'use X;',
  ],
  ...[
    "mirror 'https://h.test';",
    "requires 'X', url => 'https://h.test';",
    'system "id";',
    '`id`;',
    '__END__',
    '=pod',
  ],
  ...[
    "requires 'X'",
    "requires 'X'; `id`;",
    'requires X;',
    'requires "X$x";',
    'requires "@{[`id`]}";',
    "requires('X');",
  ],
  ...[
    'requires \'X";',
    "requires 'X', \"1';",
    "requires 'X', 1.0;",
    "requires 'X',;",
    "requires 'X', '';",
    'requires;',
  ],
  ...[
    "requires 'X', 'latest';",
    "requires 'X', '~> 1';",
    "requires 'X', '>= ';",
    "requires 'X', '1,';",
    "requires '';",
  ],
  ...[
    "requires '../x';",
    "requires 'X/Y';",
    "requires 'X::';",
    "requires '::X';",
    "requires 'X:Y';",
    "requires '1X';",
  ],
  ...[
    "requires 'X-Y';",
    "requires 'ä';",
    `requires '${'X'.repeat(101)}';`,
    "requires 'X', '1..2';",
    'requires qw(X);',
  ],
])('%j is refused, with its line', (line) => {
  expect(() => parseCpanfile(`requires 'A';\n${line}\n`)).toThrow(/^line 2: must be like requires /);
});

test('a line that is long is refused before it is looked at', () => {
  expect(() => parseCpanfile(`requires 'X', '${'1, '.repeat(10_000)}1';`)).toThrow(
    'line 1: has more than 1000 characters',
  );
});
