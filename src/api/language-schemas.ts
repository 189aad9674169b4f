// Body of GET /languages. The types and the OpenAPI document come from here.
import { z } from 'zod';

const wholeNumber = z.number().int().min(0);

const languageSchema = z
  .strictObject({
    id: z.string().meta({ description: 'its name in paths and requests', examples: ['python'] }),
    name: z.string().meta({ description: 'as people write it', examples: ['Python'] }),
    aliases: z.array(z.string()).describe('other names in paths and requests'),
    file: z
      .string()
      .meta({ description: 'what the code is called in the job’s folder', examples: ['main.py'] }),
    compiled: z.boolean().describe('whether a compile step comes before the program'),
    available: z.boolean().describe('whether a runner takes its jobs now'),
    version: z
      .string()
      .nullable()
      .describe(
        'as its image tells it; null while no runner takes its jobs, the versions of all that do otherwise',
      ),
    libraries: z
      .array(
        z.strictObject({
          name: z.string().meta({ examples: ['numpy'] }),
          version: z
            .string()
            .nullable()
            .describe('as the image tells it; null while no runner takes its jobs, or has room to tell'),
        }),
      )
      .describe('what programs can use besides the standard library'),
    manifests: z
      .array(z.string())
      .meta({ examples: [['requirements.txt']] })
      .describe('files by which jobs may bring packages along; none where that is switched off'),
    tested_at: z.iso
      .datetime()
      .nullable()
      .describe(
        'when a runner that takes its jobs last ran the hello worlds of its languages, RFC 3339 in UTC',
      ),
    limits: z.strictObject({
      cpus: z.number().describe('cores'),
      memory_bytes: wholeNumber,
      time_limit_ms: wholeNumber,
      compile_time_limit_ms: wholeNumber.nullable(),
      output_bytes: wholeNumber.describe('of standard output and standard error each'),
      processes: wholeNumber.describe('processes and threads'),
      open_files: wholeNumber,
    }),
    note: z.string().nullable().describe('why it is not available, and what to do'),
  })
  .meta({ id: 'Language' });

export type KnownLanguage = z.infer<typeof languageSchema>;

/** Answer of GET /languages. */
export const languageListSchema = z
  .strictObject({ languages: z.array(languageSchema).describe('those of the service first') })
  .meta({ id: 'LanguageList' });

export type LanguageList = z.infer<typeof languageListSchema>;
