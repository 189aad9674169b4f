// A manifest that is an object in JSON.
import { shorten } from '../shorten.js';

/** @throws Error that says what it is instead */
export function parseJsonObject(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new Error(`is no JSON (${shorten((error as Error).message)})`);
  }
  if (!isObject(value)) throw new Error('must be an object');
  return value;
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
