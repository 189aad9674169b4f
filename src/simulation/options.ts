import { parseArgs } from 'node:util';
import { z } from 'zod';

const number = (minimum: number, maximum: number) => z.coerce.number().min(minimum).max(maximum);

const optionsSchema = z.strictObject({
  rate: number(0.1, 100).default(10).describe('requests a second'),
  count: number(1, 100_000).int().default(100).describe('requests in all'),
  seconds: number(1, 86_400).default(600).describe('how long at most'),
  url: z.url({ protocol: /^https?$/ }).default('http://127.0.0.1:8080'),
  'allow-remote': z.boolean().default(false),
});

export type SimulationOptions = z.infer<typeof optionsSchema>;

const LOOPBACK = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/**
 * Reads the command line.
 * @throws Error with a sentence, also when others than this machine would get the load and that was not allowed.
 */
export function parseSimulationOptions(args: string[]): SimulationOptions {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args,
    options: { rate: text, count: text, seconds: text, url: text, 'allow-remote': { type: 'boolean' } },
  });
  const read = optionsSchema.safeParse(values);
  if (!read.success) throw new Error(`Options:\n${z.prettifyError(read.error)}`);
  const { hostname } = new URL(read.data.url);
  if (!LOOPBACK.test(hostname) && !read.data['allow-remote']) {
    throw new Error(`${hostname} is another machine. Add --allow-remote if it may be put under load.`);
  }
  return read.data;
}
