// Files that a program leaves and its caller asked for, as they are told.
import { z } from 'zod';

/** An artifact is at most so large. */
export const ARTIFACT_BYTES = 256 * 1024;
/** Those of one job together. */
export const ARTIFACTS_BYTES = 512 * 1024;

export const artifactSchema = z
  .strictObject({
    path: z.string(),
    content: z.string().nullable().describe('null when it is not given, which error tells'),
    encoding: z.enum(['utf8', 'base64']).optional().describe('of content'),
    error: z
      .enum(['missing', 'no_file', 'unreadable', 'too_large'])
      .optional()
      .describe(
        'missing: there is none. no_file: a folder, a link, or something else that is no regular file. unreadable: it may not be read. ' +
          'too_large: over 256 KiB, or over 512 KiB with those before it, or a result that would be larger than about 1.9 MB',
      ),
  })
  .meta({ id: 'Artifact' });

/** A file that a program has left, or why it is not there. */
export type Artifact = z.infer<typeof artifactSchema>;
