import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, parse as parsePath } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import type { JobRequest } from '../src/job.js';
import type { Language } from '../src/languages.js';

const programSchema = z.strictObject({
  file: z.string(),
  compile_flags: z.array(z.string()).min(1).optional(),
  args: z.array(z.string()).min(1).optional(),
  /** Names of further files beside it, which it finds beside it in the job's folder. */
  files: z.array(z.string()).min(1).default([]),
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

/** Id of another language whose programs this one has too; what stands in its own folder and list takes the place of theirs. */
const programsOfSchema = z.strictObject({ programs_of: z.string() });

const listSchema = z.array(z.union([programSchema, leftOutSchema, programsOfSchema]));

/** A real program, where its source is, and what must come of it. */
export type LanguageProgram = z.infer<typeof programSchema> & { path: string };

type LeftOut = z.infer<typeof leftOutSchema>;

type LanguageFolder = Pick<Language, 'folder' | 'commonFolder'>;

/** The programs of languages/<id>/programs, as its programs.yaml lists them. */
export function readPrograms(language: LanguageFolder): LanguageProgram[] {
  return readList(language).filter((entry) => 'file' in entry);
}

/** The kinds of programs that its programs.yaml leaves out. */
export function readLeftOut(language: LanguageFolder): string[] {
  return readList(language).flatMap((entry) => ('left_out' in entry ? [entry.left_out] : []));
}

function readList({ folder, commonFolder }: LanguageFolder): (LanguageProgram | LeftOut)[] {
  const path = join(folder, 'programs/programs.yaml');
  const read = listSchema.safeParse(parse(readFileSync(path, 'utf8')));
  if (!read.success) throw new Error(`${path}: ${z.prettifyError(read.error)}`);
  const own = read.data.flatMap((entry) => ('programs_of' in entry ? [] : entry));
  const others = read.data
    .flatMap((entry) => ('programs_of' in entry ? [entry.programs_of] : []))
    .flatMap((id) => readList({ folder: join(commonFolder, id), commonFolder }));
  const kept = others.filter((entry) => !own.some((mine) => kindOf(mine) === kindOf(entry)));
  return [...kept, ...own].map((entry) => {
    if (!('file' in entry)) return entry;
    const here = join(folder, 'programs', entry.file);
    const there = others.find((other) => 'file' in other && other.file === entry.file);
    return { ...entry, path: there && 'path' in there && !existsSync(here) ? there.path : here };
  });
}

/** What a program is an example of: the name of its file, or what is left out. */
function kindOf(entry: z.infer<typeof programSchema> | LeftOut): string {
  return 'file' in entry ? parsePath(entry.file).name : entry.left_out;
}

export type Sources = { code: string; files: NonNullable<JobRequest['files']> };

/** What a job needs of a program beside its language: the source, and its further files. */
export function readSources({ path, files }: LanguageProgram): Sources {
  const read = (name: string) => readFileSync(join(dirname(path), name), 'utf8');
  return {
    code: readFileSync(path, 'utf8'),
    files: files.map((name) => ({ path: name, content: read(name), encoding: 'utf8' })),
  };
}

/** The source files that are really there. */
export function listSources({ folder }: LanguageFolder): string[] {
  return readdirSync(join(folder, 'programs')).filter((file) => file !== 'programs.yaml');
}
