// The hostile programs, read from programs/<family>/programs.yaml and the sources beside it. To add one: put a source into
// a family's folder, its ending tells the language, and its verdict into the folder's table. ROUND in a source is another number in
// each round, so that nothing of it is cached at first.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { parse } from 'yaml';
import { z } from 'zod';
import { artifactSchema } from '../../src/artifact.js';
import { PROJECT_ROOT } from '../../src/config.js';
import { fileSchema } from '../../src/job-fields.js';
import { type Language, loadLanguages } from '../../src/languages.js';
import { LANGUAGES } from '../live/global-setup.js';

/** Why a file is not given back, or what is in it. */
const leftSchema = z.union([artifactSchema.shape.error.unwrap(), z.strictObject({ content: z.string() })]);

const verdictSchema = z.strictObject({
  status: z.enum(['completed', 'failed', 'timedout']),
  reason: z.enum(['exit_code', 'signal', 'memory_limit', 'output_limit', 'compile_error']).optional(),
  exit_code: z.union([z.number().int(), z.literal('EACH')]).optional(),
  signal: z.string().startsWith('SIG').optional(),
  stdout: z.string().optional(),
  stdout_includes: z.string().optional(),
  stderr_includes: z.string().optional(),
  truncated: z.boolean().optional(),
  artifacts: z
    .record(z.string(), z.union([leftSchema, z.literal('given'), z.array(leftSchema).min(1)]))
    .optional()
    .describe('what comes back of each file, one of these; the job asks for them'),
});

const entrySchema = verdictSchema.extend({
  file: z.string(),
  does: z.string().describe('what it tries, in one line'),
  each: z
    .union([z.array(z.string()).min(1), z.string().regex(/^\d+\.\.\d+$/)])
    .optional()
    .describe(
      'run once for each; EACH in the source and in the verdict stands for it. A range is spread over rounds',
    ),
  or: verdictSchema
    .extend({ because: z.string() })
    .optional()
    .describe('the other verdict that is right, too'),
  after: z.string().optional().describe('file that is run just before, in the same slot'),
  cached: z
    .boolean()
    .optional()
    .describe(
      'run just before itself: whether the same caller’s second run is spared its compile step; a stranger’s never is',
    ),
  files: z.array(fileSchema).optional().describe('beside the source'),
  compile_flags: z.array(z.string()).optional(),
  beside: z.string().optional().describe('file that runs meanwhile'),
});

/** What comes back of a file. */
export type Left = z.infer<typeof leftSchema>;

/** What must come of a program. */
export type Verdict = z.infer<typeof verdictSchema>;

export type HostileProgram = Omit<z.infer<typeof entrySchema>, 'each' | 'after' | 'beside'> & {
  family: string;
  language: Language;
  code: string;
  /** What stands for EACH in a round, from 1 up; undefined once in a program that is run once. */
  valuesOf: (round: number) => (string | undefined)[];
  /** The other one of a pair: run to its end before, or at the same time. */
  neighbour: { program: HostileProgram; when: 'before' | 'meanwhile' } | undefined;
};

const ROOT = join(PROJECT_ROOT, 'test/hostile/programs');

/** So many rounds walk a whole range of values. */
export const ROUNDS_A_RANGE = 8;

/** Name of a family's table. */
export const TABLE = 'programs.yaml';

/** Folder of each family, in order. */
export const families = () => readdirSync(ROOT).sort();

/** Files of a family's folder but its table. */
export const listSources = (family: string) =>
  readdirSync(join(ROOT, family)).filter((file) => file !== TABLE);

/**
 * Reads every family's table and sources.
 * @throws Error that names the file and the field.
 */
export function readHostilePrograms(): HostileProgram[] {
  const served = LANGUAGES.split(',');
  const languages = loadLanguages(join(PROJECT_ROOT, 'languages')).filter(({ id }) => served.includes(id));
  return families().flatMap((family) => readFamily(family, languages));
}

function readFamily(family: string, languages: readonly Language[]): HostileProgram[] {
  const path = join(ROOT, family, TABLE);
  const read = z.array(entrySchema).safeParse(parse(readFileSync(path, 'utf8')));
  if (!read.success) throw new Error(`${path}: ${z.prettifyError(read.error)}`);
  const programs = read.data.map(({ each, after, beside, ...entry }) => {
    const source = join(ROOT, family, entry.file);
    if (!existsSync(source)) throw new Error(`${path}: there is no ${entry.file}`);
    const ending = extname(entry.file);
    const language = languages.find(({ file }) => extname(file) === ending);
    if (!language) throw new Error(`${path}: no language has files like ${entry.file}`);
    const code = readFileSync(source, 'utf8');
    return { ...entry, family, language, code, valuesOf: toValues(each), neighbour: undefined };
  });
  return programs.map((program, index) => {
    const { after, beside } = read.data[index] as z.infer<typeof entrySchema>;
    if (program.cached !== undefined) return { ...program, neighbour: { program, when: 'before' } };
    const other = after ?? beside;
    if (other === undefined) return program;
    const neighbour = programs.find(({ file }) => file === other);
    if (!neighbour) throw new Error(`${path}: ${program.file} needs ${other}, which is not in the table`);
    return { ...program, neighbour: { program: neighbour, when: after ? 'before' : 'meanwhile' } };
  });
}

function toValues(each: z.infer<typeof entrySchema>['each']): HostileProgram['valuesOf'] {
  if (each === undefined) return () => [undefined];
  if (typeof each !== 'string') return () => each;
  const [first, last] = each.split('..').map(Number) as [number, number];
  const all = Array.from({ length: last - first + 1 }, (_, index) => `${first + index}`);
  return (round) => all.filter((_, index) => index % ROUNDS_A_RANGE === round % ROUNDS_A_RANGE);
}
