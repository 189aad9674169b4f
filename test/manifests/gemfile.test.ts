import { expect, test } from 'vitest';
import { parseGemfile } from '../../src/manifests/gemfile.js';

test('gems with their versions are taken, in order', () => {
  const { packages, text } = parseGemfile(
    [
      '# frozen_string_literal: true',
      "source 'https://rubygems.org'",
      '',
      "gem 'rainbow', '~> 3.1' # colours\r",
      'gem "i18n", ">= 1.8",   "< 2.0.0.beta1"',
      "  gem 'net-http-persistent',  '!=4.0.3'",
      "gem 'A_b.c-d', '1.18.0-rc.1'",
      "gem 'tty-table'",
    ].join('\n'),
  );
  expect(packages).toEqual(['rainbow', 'i18n', 'net-http-persistent', 'A_b.c-d', 'tty-table']);
  expect(text).toBe(
    [
      'gem "A_b.c-d", "1.18.0-rc.1"',
      'gem "i18n", ">= 1.8", "< 2.0.0.beta1"',
      'gem "net-http-persistent", "!=4.0.3"',
      'gem "rainbow", "~> 3.1"',
      'gem "tty-table"',
      '',
    ].join('\n'),
  );
});

test.each(['', '# nothing\n', 'source "https://rubygems.org/"\n'])('%j asks for nothing', (text) => {
  expect(parseGemfile(text)).toEqual({ packages: [], text: '' });
});

test.each([
  ...[
    "source 'https://gems.example.org'",
    "source 'http://rubygems.org'",
    "source 'https://rubygems.org' do",
  ],
  ...['source \'https://rubygems.org"', 'source ENV["X"]', 'source :rubygems', "git 'https://h.test' do"],
  ...['group :test do', 'end', 'gemspec', "ruby '3.3.0'", "eval_gemfile 'x'", "plugin 'x'", "path '.' do"],
  ...[
    '`id`',
    'system("id")',
    "require 'x'",
    '__END__',
    '=begin',
    "gem('x')",
    'gem',
    "gems 'x'",
    'puts 1; gem "x"',
  ],
])('%j is refused, with its line', (line) => {
  expect(() => parseGemfile(`gem 'a'\n${line}\n`)).toThrow(/^line 2: only gem, and source /);
});

test.each([
  ...[
    "gem 'x', git: 'https://h.test/x.git'",
    "gem 'x', path: '.'",
    "gem 'x', require: false",
    "gem 'x', :git => 'y'",
  ],
  ...[
    "gem 'x', github: 'a/b'",
    "gem 'x', source: 'https://h.test'",
    "gem 'x', platforms: [:mri]",
    "gem 'x', ['1']",
  ],
  ...[
    "gem 'x' if true",
    "gem 'x'; system('id')",
    'gem "x#{`id`}"',
    'gem "x\\n"',
    "gem 'x', '1', *`id`",
    'gem name',
  ],
  ...[
    'gem \'x"',
    "gem x'",
    "gem ''",
    "gem 'x',",
    "gem 'x', ''",
    "gem 'x', '~> '",
    "gem 'x', '>> 1'",
    "gem 'x', 'latest'",
  ],
  ...[
    "gem '../x'",
    "gem 'a/b'",
    "gem '-x'",
    "gem '.x'",
    "gem '12'",
    "gem 'ä'",
    "gem 'x', '1/..'",
    "gem 'x', '~> 1, < 2'",
  ],
  ...["gem 'x', '1.'", "gem 'x', '-1'", `gem '${'x'.repeat(101)}'`, 'gem %q(x)', 'gem <<~X'],
])('%j is refused, with its line', (line) => {
  expect(() => parseGemfile(`gem 'a'\n${line}\n`)).toThrow(/^line 2: must be like gem 'name'/);
});

test('a line that is long is refused before it is looked at', () => {
  expect(() => parseGemfile(`gem 'x', ${"'1', ".repeat(10_000)}`)).toThrow(
    'line 1: has more than 1000 characters',
  );
});
