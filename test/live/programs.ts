// The loop over languages' real programs, for `live` and `languages`.
import { parse as parsePath } from 'node:path';
import { expect, test } from 'vitest';
import type { Language } from '../../src/languages.js';
import { type LanguageProgram, readPrograms, readSources } from '../language-programs.js';
import { type JobBody, runCode, runJob } from './service.js';

/** Each language counts its characters: jq reads JSON, and Brainfuck counts to nine. */
const READ = '12345';

/** Makes a test of each program; `onPassed` hears of those that came to what they must. */
export function testPrograms(
  languages: readonly Language[],
  onPassed: (language: Language) => void = () => {},
): void {
  const programs = languages.flatMap((language) =>
    readPrograms(language).map((program) => ({ ...program, id: language.id, language })),
  );
  // The engine decides what runs at once, so the programs may all be there together.
  test.concurrent.each(programs)('$id runs $file: $status $reason', { timeout: 300_000 }, async (program) => {
    const { id, compile_flags, args, language } = program;
    const { code, files } = readSources(program);
    const isPlain = !compile_flags && !args && files.length === 0;
    const job = isPlain
      ? runCode(id, code)
      : runJob({ language: id, code, compile_flags, args, ...(files.length > 0 ? { files } : {}) });
    expectJob(await job, program);
    onPassed(language);
  });

  const readers = programs.filter(({ file }) => parsePath(file).name === 'empty-stdin');
  test.concurrent.each(readers)('$id reads its standard input', { timeout: 300_000 }, async (program) => {
    const job = await runJob({ language: program.id, ...readSources(program), stdin: READ });
    expectJob(job, { ...program, stdout: `read ${READ.length} characters\n` });
  });
}

function expectJob(job: JobBody, program: LanguageProgram): void {
  const told = `${JSON.stringify(job).slice(0, 2_000)}`;
  expect([job.status, job.reason], told).toEqual([program.status, program.reason ?? null]);
  if (program.exit_code !== undefined) expect(job.exit_code, told).toBe(program.exit_code);
  if (program.signal !== undefined) expect(job.signal, told).toBe(program.signal);
  if (program.stdout !== undefined) expect(job.stdout, told).toBe(program.stdout);
  if (program.stderr !== undefined) expect(job.stderr, told).toBe(program.stderr);
  if (program.stdout_includes !== undefined) expect(job.stdout).toContain(program.stdout_includes);
  if (program.stderr_includes !== undefined) expect(job.stderr, told).toContain(program.stderr_includes);
}
