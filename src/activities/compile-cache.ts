// What compile steps made, in the runner's memory: the same caller's next job with the same source does not compile again.
import { createHash } from 'node:crypto';
import type { Program } from '../job.js';
import type { Language } from '../languages.js';

/** What came of a compile step that succeeded. */
export type Compiled = {
  /** The job's folder as it left it, for another supervisor. */
  frames: readonly Buffer[];
  stdout: Buffer;
  stderr: Buffer;
  wallUs: number;
};

export type CompileCache = {
  find(key: string): Compiled | undefined;
  keep(key: string, compiled: Compiled): void;
  drop(key: string): void;
};

const KEPT_MS = 10 * 60_000;

/** What a buffer and an entry take beside their bytes. */
const BUFFER_BYTES = 256;
const ENTRY_BYTES = 1024;

/** Keeps at most `maxBytes`: what was used longest ago goes first, and everything after 10 minutes. */
export function createCompileCache(maxBytes: number): CompileCache {
  const entries = new Map<string, { compiled: Compiled; expiry: NodeJS.Timeout }>();
  let bytes = 0;

  function drop(key: string): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    clearTimeout(entry.expiry);
    entries.delete(key);
    bytes -= sizeOf(entry.compiled);
  }

  return {
    find(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      entries.delete(key);
      entries.set(key, entry);
      return entry.compiled;
    },
    keep(key, compiled) {
      drop(key);
      const expiry = setTimeout(() => drop(key), KEPT_MS).unref();
      entries.set(key, { compiled, expiry });
      bytes += sizeOf(compiled);
      for (const oldest of entries.keys()) {
        if (bytes <= maxBytes) break;
        drop(oldest);
      }
    },
    drop,
  };
}

function sizeOf({ frames, stdout, stderr }: Compiled): number {
  const buffers = [...frames, stdout, stderr];
  return buffers.reduce((sum, { length }) => sum + length + BUFFER_BYTES, ENTRY_BYTES);
}

type Compilable = Pick<
  Program,
  'owner' | 'code' | 'files' | 'entrypoint' | 'compile_flags' | 'memory_bytes'
> & { language: Pick<Language, 'id' | 'file' | 'compile'> };

/**
 * All that a compile step depends on, and whose it is. Undefined where nothing is compiled, where the caller is not known, and
 * where the compiler has another memory limit than the language's.
 */
export function compileKey(attempt: Compilable, image: string): string | undefined {
  const { owner, language, code, files = [], entrypoint, compile_flags: flags = [], memory_bytes } = attempt;
  if (owner === null || language.compile === undefined || memory_bytes !== undefined) return undefined;
  const sources = files.map(({ path, content, encoding = 'utf8' }) => [path, content, encoding]);
  const parts = [
    ...[owner, image, language.id, language.compile, language.file, code ?? null],
    ...[sources, entrypoint ?? null, flags],
  ];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}
