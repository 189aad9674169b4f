import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { Language } from '../src/languages.js';

const programSchema = z.strictObject({
  file: z.string(),
  compile_flags: z.array(z.string()).min(1).optional(),
  status: z.enum(['completed', 'failed', 'timedout']),
  reason: z.enum(['exit_code', 'signal', 'memory_limit', 'output_limit', 'compile_error']).optional(),
  exit_code: z.number().int().optional(),
  signal: z.string().startsWith('SIG').optional(),
  stdout: z.string().optional(),
  stdout_includes: z.string().optional(),
  stderr: z.string().optional(),
  stderr_includes: z.string().optional(),
});

/** A kind of program that the language cannot have. */
const leftOutSchema = z.strictObject({ left_out: z.string(), because: z.string().min(10) });

/** A real program and what must come of it. */
export type LanguageProgram = z.infer<typeof programSchema>;

/** The programs of languages/<id>/programs, as its programs.yaml lists them. */
export function readPrograms(language: Language): LanguageProgram[] {
  return readList(language).filter((entry) => 'file' in entry);
}

/** The kinds of programs that its programs.yaml leaves out. */
export function readLeftOut(language: Language): string[] {
  return readList(language).flatMap((entry) => ('left_out' in entry ? [entry.left_out] : []));
}

function readList({ folder }: Language) {
  const path = join(folder, 'programs/programs.yaml');
  const schema = z.array(z.union([programSchema, leftOutSchema]));
  const read = schema.safeParse(parse(readFileSync(path, 'utf8')));
  if (!read.success) throw new Error(`${path}: ${z.prettifyError(read.error)}`);
  return read.data;
}

/** The source files that are really there. */
export function listSources({ folder }: Language): string[] {
  return readdirSync(join(folder, 'programs')).filter((file) => file !== 'programs.yaml');
}
