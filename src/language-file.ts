// What language.yaml may say, and what an operator may set over it.
import { z } from 'zod';
import { MANIFEST_NAMES } from './manifests/parse-manifest.js';

const command = z.array(z.string().min(1)).min(1);

/** Limits as people write them, in language.yaml and under `resources` in application.yaml. */
const resourcesSchema = z.strictObject({
  cpus: z.number().positive().max(64).describe('CPU cores a program may use'),
  'memory-mb': z.number().int().min(6).max(65_536).describe('memory of the whole container, in MiB'),
  'timeout-seconds': z.number().positive().max(600).describe('wall-clock time of the program, in seconds'),
});

/** Name of an OCI runtime as the engine knows it, such as runsc, or io.containerd.kata.v2. */
export const runtimeSchema = z
  .string()
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.-]*$/, 'must be the name of a runtime that the Docker engine has');

const compileTimeout = z.number().positive().max(600).describe('wall-clock time of the compiler, in seconds');

const warm = z
  .number()
  .int()
  .min(0)
  .max(64)
  .describe('containers kept ready though nobody has asked for them');

/** Some of a language's limits, to be set over the others, and what its containers are run by. */
export const resourceOverrideSchema = resourcesSchema
  .extend({ 'compile-timeout-seconds': compileTimeout, warm })
  .partial()
  .extend({
    runtime: runtimeSchema.optional().describe('OCI runtime of its containers; unset: the runner’s'),
  });

const processes = z.number().int().min(2).max(4096);
/** The supervisor needs some thirty of its own. */
const openFiles = z.number().int().min(64).max(65_536);

const limitsSchema = resourcesSchema.extend({
  'compile-timeout-seconds': compileTimeout.default(30),
  processes: processes.default(64),
  'open-files': openFiles.default(256),
});

const debianPackage = z.string().regex(/^[a-z0-9.+:-]+$/);

const librarySchema = z.union([
  z
    .string()
    .regex(/^\S+$/)
    .transform((name) => ({ name, package: undefined })),
  z.strictObject({ name: z.string().regex(/^\S+$/), package: debianPackage }),
]);

/** A library, and the Debian package that has it. */
export type Library = z.infer<typeof librarySchema>;

const leastSchema = resourcesSchema.partial().extend({
  'compile-timeout-seconds': compileTimeout.optional(),
  processes: processes.optional(),
  'open-files': openFiles.optional(),
});

const dependenciesSchema = z.strictObject({
  manifests: z.array(z.enum(MANIFEST_NAMES)).min(1).describe('names of the files that ask for packages'),
  packages: z
    .array(debianPackage)
    .describe('Debian packages of the image that resolves them with resolve.sh'),
  folder: z
    .string()
    .regex(/^(?:\/[A-Za-z0-9._-]+)+$/)
    .describe('where the image of a job has what was resolved, found by every program'),
  file: z
    .string()
    .regex(/^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/)
    .optional()
    .describe('path of the source in the folder of such a job, in place of the language’s `file`'),
  compile: command.optional().describe('in place of the language’s `compile`'),
  run: command.optional().describe('in place of the language’s `run`'),
  env: z.record(z.string(), z.string()).default({}).describe('environment of the programs of such a job'),
  limits: leastSchema.default({}).describe('the least that such a job may use'),
});

/** A language.yaml. */
export const languageFileSchema = z
  .strictObject({
    name: z.string().min(1).describe('as people write it: "Python"'),
    aliases: z.array(z.string().regex(/^[a-z0-9.+#-]+$/)).default([]),
    file: z
      .string()
      .regex(/^[A-Za-z0-9._-]+$/)
      .describe("name of the source file in the job's folder"),
    packages: z.array(debianPackage).describe('Debian packages of the image'),
    libraries: z
      .array(librarySchema)
      .default([])
      .describe(
        'what programs can use besides the standard library; their versions are told by GET /languages',
      ),
    'library-versions': command
      .optional()
      .describe('a command that prints a line "name version" for each library that is no Debian package'),
    dependencies: dependenciesSchema.optional().describe('packages that a job brings along, by a manifest'),
    needs: z
      .array(z.enum(['shell']))
      .default([])
      .describe('what programs need of a system besides the packages: a shell and the small tools'),
    version: command.describe('a command whose first line of output names the version'),
    compile: command
      .optional()
      .describe('a job’s compile_flags take the place of its word {flags}, or come at its end'),
    entrypoint: z
      .boolean()
      .default(true)
      .describe('whether another file than `file` can take its place in `compile` and `run`'),
    ready: z
      .union([command, z.literal('at-open'), z.literal('at-read')])
      .optional()
      .describe(
        'started before the job comes: waits for a byte on its descriptor 9, closes that, and is the program then, as `run` would be; ' +
          '`at-open`: `run` itself, which waits where it first asks for `file`; `at-read`: where it first reads what it has opened',
      ),
    'fork-server': z
      .literal(true)
      .optional()
      .describe(
        '`ready` is started once in a container: where it finds a socket on descriptor 9 it forks what waits for each job',
      ),
    run: command,
    env: z.record(z.string(), z.string()).default({}).describe('environment of every program'),
    hello: z.string().describe("a program that prints 'drill my brain'"),
    warm: warm.default(0),
    limits: limitsSchema,
  })
  .refine((file) => !file['fork-server'] || Array.isArray(file.ready), {
    path: ['fork-server'],
    message: 'needs a command in `ready` that knows of it',
  });

export type LanguageFile = z.infer<typeof languageFileSchema>;

export type ResourceOverride = z.infer<typeof resourceOverrideSchema>;
