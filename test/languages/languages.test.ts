// `npm run test:languages`: every wanted language's programs over HTTP and the checks of its image, with a table at the end.
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { takesEntrypoint } from '../../src/language-commands.js';
import { imageName, imageVersions } from '../../src/workers/build-images.js';
import { readPrograms } from '../language-programs.js';
import { testImages } from '../live/images.js';
import { testPrograms } from '../live/programs.js';
import { docker, expectNoPrograms, runCode, runJob } from '../live/service.js';
import { testStarts } from '../live/starts.js';
import { wantedLanguages } from './wanted.js';

const WARM_ROUNDS = 3;

const languages = wantedLanguages();
const hello = new Map<string, { cold: number; warm: number }>();
const passed = new Map<string, number>();

// One after the other, before anything else runs.
test.each(languages)(
  '$id says hello in a new container, and again in the same',
  async ({ id, hello: code }) => {
    const timed = async () => {
      const started = performance.now();
      const job = await runCode(id, code);
      expect(job.stdout?.trim(), JSON.stringify(job)).toBe('drill my brain');
      return performance.now() - started;
    };
    const cold = await timed();
    const warm: number[] = [];
    for (let round = 0; round < WARM_ROUNDS; round++) warm.push(await timed());
    hello.set(id, { cold, warm: Math.min(...warm) });
  },
);

test.each(languages.filter(takesEntrypoint))(
  '$id begins with another file, if that is asked for',
  async ({ id, file, hello: content }) => {
    const entrypoint = `src/${file}`;
    const job = await runJob({ language: id, entrypoint, files: [{ path: entrypoint, content }] });
    expect(job.stdout?.trim(), JSON.stringify(job)).toBe('drill my brain');
  },
);

testPrograms(languages, ({ id }) => passed.set(id, (passed.get(id) ?? 0) + 1));

testStarts(
  languages.filter(({ ready }) => ready !== undefined),
  (language) =>
    readPrograms(language)
      // How far they have come then, and what they print of it, is never the same.
      .filter(({ status, file }) => status !== 'timedout' && !/^(memory-hog|large-output)\./.test(file))
      .filter(({ args, files }) => args === undefined && files.length === 0)
      .map(({ file, path }): [string, string] => [file, readFileSync(path, 'utf8')]),
);

testImages(languages);

afterAll(async () => {
  await expectNoPrograms();
  const head = ['language', 'version', 'image MB', 'cold ms', 'warm ms', 'programs'];
  const rows = await Promise.all(
    languages.map(async (language) => {
      const { id } = language;
      const { Size } = await docker.getImage(imageName(language)).inspect();
      const times = hello.get(id);
      return [
        id,
        (await imageVersions(docker, language))?.version ?? '',
        `${Math.round(Size / 1e6)}`,
        times ? `${Math.round(times.cold)}` : '-',
        times ? `${Math.round(times.warm)}` : '-',
        `${passed.get(id) ?? 0} of ${readPrograms(language).length}`,
      ];
    }),
  );
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((row) => row[column]?.length ?? 0)));
  const toLine = (row: string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ');
  writeFileSync(process.env.LANGUAGES_TABLE ?? '/dev/stdout', `${[head, ...rows].map(toLine).join('\n')}\n`);
});
