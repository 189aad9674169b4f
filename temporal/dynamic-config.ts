import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { PROJECT_ROOT } from '../src/config.js';

const value = z.union([z.boolean(), z.number(), z.string()]);
const fileSchema = z.record(z.string(), z.tuple([z.strictObject({ value })]));

export type DynamicConfig = [key: string, value: boolean | number | string][];

/** The keys and values of temporal/dynamic-config.yaml, which a cluster reads as it is. */
export async function readDynamicConfig(): Promise<DynamicConfig> {
  const path = `${PROJECT_ROOT}/temporal/dynamic-config.yaml`;
  const read = fileSchema.safeParse(parse(await readFile(path, 'utf8')));
  if (!read.success) throw new Error(`${path}: ${z.prettifyError(read.error)}`);
  return Object.entries(read.data).map(([key, [{ value }]]) => [key, value]);
}
