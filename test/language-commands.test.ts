import { join } from 'node:path';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../src/config.js';
import { splitCompile, takesEntrypoint } from '../src/language-commands.js';
import { loadLanguages } from '../src/languages.js';

const languages = loadLanguages(join(PROJECT_ROOT, 'languages'));

test('a job may begin with another file where that is a word of the commands, and nothing is called like it', () => {
  const without = languages.filter((language) => !takesEntrypoint(language)).map(({ id }) => id);
  expect(without).toEqual(
    'assembly c clang clangpp cpp csharp erlang gcc13 go ocaml sqlite swift typescript vala'.split(' '),
  );
});

test('what a language makes of such a file is where it runs it', () => {
  const compiled = languages.filter((language) => language.compile && takesEntrypoint(language));
  expect(compiled.length).toBeGreaterThan(10);
  for (const { id, compile = [], run } of compiled) {
    const made = (run.find((word) => /^(\.\/)?main/.test(word)) as string).replace('./', '');
    const named = compile.some(
      (word, at) => word.endsWith(made) && (word !== made || /^-[do]$/.test(compile[at - 1] ?? '')),
    );
    expect(named, id).toBe(true);
  }
});

test('flags have a place, or go to the end', () => {
  expect(splitCompile(['go', 'build', '{flags}', '.'])).toEqual({ words: ['go', 'build', '.'], flagsAt: 2 });
  expect(splitCompile(['cc', 'main.c'])).toEqual({ words: ['cc', 'main.c'], flagsAt: undefined });
});

test('a compile step that is a shell’s hands its flags to the compiler', () => {
  const shells = languages.filter(({ compile }) => compile?.[0] === 'sh');
  expect(shells.map(({ id }) => id)).toEqual(
    'assembly c clang clangpp cpp gcc13 ocaml standardml swift vala zig'.split(' '),
  );
  // The word after the script is its $0, which is not among its arguments.
  for (const { compile: [, , script, name] = [] } of shells) {
    expect(script).toContain('"$@"');
    expect(name).toMatch(/^[a-z+]+$/);
  }
});
