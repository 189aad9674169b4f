// The key file: who may call, by the digests of their keys.
import { createHash } from 'node:crypto';
import { z } from 'zod';
import { readYamlFile, toProblems } from './yaml-file.js';

const keyEntrySchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9_.-]{1,64}$/, 'must be 1 to 64 letters, digits and _ . -'),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be the SHA-256 digest of the key, 64 hexadecimal digits in lower case'),
  'max-requests': z.int().min(1).optional().describe('an hour; else what everybody may'),
  isolation: z.literal('container').optional().describe('a container for each of its jobs alone'),
  expires: z.iso.datetime({ offset: true, error: 'must be a time such as 2030-01-31T00:00:00Z' }).optional(),
  disabled: z.boolean().optional(),
});

const keyFileSchema = z.array(keyEntrySchema).superRefine((entries, context) => {
  const seen = new Set<string>();
  for (const [index, { name, sha256 }] of entries.entries()) {
    for (const [key, value] of Object.entries({ name, sha256 })) {
      if (seen.has(value))
        context.addIssue({ code: 'custom', path: [index, key], message: 'is there twice' });
      seen.add(value);
    }
  }
});

/** One key. */
export type KeyEntry = z.infer<typeof keyEntrySchema>;

/**
 * Reads a key file; an empty one has no keys.
 * @throws Error that lists every problem with its line and key.
 */
export function readKeyFile(file: string): KeyEntry[] {
  const { value, problems, where } = readFile(file);
  const read = keyFileSchema.safeParse(value ?? []);
  if (read.success && problems.length === 0) return read.data;
  if (!read.success) problems.push(...toProblems(read.error, where));
  throw new Error(['The key file cannot be used:', ...problems].join('\n  '));
}

/**
 * Checks one entry.
 * @throws Error that lists every problem.
 */
export function parseKeyEntry(entry: unknown): KeyEntry {
  const read = keyEntrySchema.safeParse(entry);
  if (read.success) return read.data;
  throw new Error(toProblems(read.error, (path) => path.join('.')).join('\n'));
}

/** How keys are kept and compared. */
export function digestKey(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

function readFile(file: string) {
  try {
    return readYamlFile(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      `The key file ${file} cannot be read (${code}). Make its first key with: npm run create-key -- --name NAME`,
    );
  }
}
