import { parseArgs } from 'node:util';
import { z } from 'zod';

const number = (minimum: number, maximum: number) => z.coerce.number().int().min(minimum).max(maximum);

const optionsSchema = z.strictObject({
  rounds: number(1, 1_000).default(1).describe('how often every program is run'),
  lanes: number(1, 16).default(2).describe('how many programs run at once'),
  isolation: z.enum(['cells', 'container']).default('cells').describe('how the service keeps programs apart'),
  only: z.string().default('').describe('part of "family/file": what does not have it is left out'),
});

export type Options = z.infer<typeof optionsSchema>;

/**
 * Reads the command line: `--rounds 10`, `--lanes 2`, `--isolation container`, `--only network/`.
 * @throws Error with a sentence.
 */
export function parseOptions(args: string[]): Options {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({ args, options: { rounds: text, lanes: text, isolation: text, only: text } });
  const read = optionsSchema.safeParse(values);
  if (!read.success) throw new Error(`Options:\n${z.prettifyError(read.error)}`);
  return read.data;
}
