// Every language's real programs over HTTP. The programs are data; a language without them fails test/languages.test.ts.
import { readFileSync } from 'node:fs';
import { afterAll, expect, test } from 'vitest';
import { loadConfig, PROJECT_ROOT } from '../../src/config.js';
import { loadLanguages } from '../../src/languages.js';
import { readPrograms } from '../language-programs.js';
import { testEnvironment } from './global-setup.js';
import { expectNoPrograms, runCode } from './service.js';

const { languages: ids } = loadConfig(testEnvironment('', 'x'));
const languages = loadLanguages(`${PROJECT_ROOT}/languages`).filter(({ id }) => ids.includes(id));
const programs = languages.flatMap((language) =>
  readPrograms(language).map((program) => ({
    ...program,
    id: language.id,
    path: `${language.folder}/programs/${program.file}`,
  })),
);

// The engine decides what runs at once, so the programs may all be there together.
test.concurrent.each(programs)('$id runs $file: $status $reason', { timeout: 300_000 }, async (program) => {
  const job = await runCode(program.id, readFileSync(program.path, 'utf8'));
  const told = `${JSON.stringify(job).slice(0, 2_000)}`;
  expect([job.status, job.reason], told).toEqual([program.status, program.reason ?? null]);
  if (program.exit_code !== undefined) expect(job.exit_code, told).toBe(program.exit_code);
  if (program.signal !== undefined) expect(job.signal, told).toBe(program.signal);
  if (program.stdout !== undefined) expect(job.stdout, told).toBe(program.stdout);
  if (program.stderr !== undefined) expect(job.stderr, told).toBe(program.stderr);
  if (program.stdout_includes !== undefined) expect(job.stdout).toContain(program.stdout_includes);
  if (program.stderr_includes !== undefined) expect(job.stderr).toContain(program.stderr_includes);
});

afterAll(() => expectNoPrograms());
