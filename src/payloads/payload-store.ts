// Large payloads as files of one folder, called by their hash. A fleet's APIs and runners share it. What is in it is told from
// names and sizes alone, so that no process has to know of the others.
import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { PayloadUnreadable } from './payload-bytes.js';

export type PayloadStore = {
  /**
   * Writes a payload unless it is there; answers with its hash. All files together may then have at most `mostBytes`.
   * It rejects with StoreFull, or with what the file system says.
   */
  put(bytes: Uint8Array, mostBytes: number): Promise<string>;
  /** Reads one back. It rejects with PayloadUnreadable when that is not there, or not what was written. */
  get(reference: StoredPayload): Promise<Buffer>;
  /** What all files together have, as of some seconds ago at most. */
  countBytes(): Promise<number>;
  /** Removes files that nobody has put for so long; answers with how many. */
  sweep(ageMs: number): Promise<number>;
};

export type StoredPayload = { sha256: string; bytes: number };

export class StoreFull extends Error {
  override name = 'StoreFull';
  constructor(folder: string, bytes: number) {
    super(`no room for ${bytes} bytes in ${folder}: payloads.max-mb`);
  }
}

/** The folder's size is read again after this time, because others write into it too. */
const COUNT_MS = 5_000;

const HASH = /^[0-9a-f]{64}$/;
/** Of a file that is being written, or that is about to go. */
const PASSING = /^\.[0-9a-f]{64}\.[0-9a-f-]{36}$/;

/**
 * Opens the store, and makes its folder.
 * @throws Error that names the setting when that cannot be.
 */
export function openPayloadStore(folder: string): PayloadStore {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(`payloads.folder: ${folder} cannot be made (${(error as NodeJS.ErrnoException).code}).`);
  }
  const pathOf = (hash: string) => join(folder, hash);
  const passingPath = (hash: string) => join(folder, `.${hash}.${randomUUID()}`);
  let counted: { at: number; bytes: Promise<number> } | undefined;
  /** Since the count that is in force began. */
  let added = 0;

  return {
    async put(bytes, mostBytes) {
      const hash = createHash('sha256').update(bytes).digest('hex');
      if (await isKept(pathOf(hash), bytes.length)) return hash;
      if ((await countFiles()) + added + bytes.length > mostBytes) throw new StoreFull(folder, bytes.length);
      added += bytes.length;
      const passing = passingPath(hash);
      try {
        await writeFile(passing, bytes, { mode: 0o600, flag: 'wx' });
        await rename(passing, pathOf(hash));
      } catch (error) {
        added -= bytes.length;
        await rm(passing, { force: true }).catch(() => {});
        throw error;
      }
      return hash;
    },

    async get({ sha256, bytes }) {
      // A reference may come from anybody who can start a workflow.
      if (!HASH.test(sha256)) throw new PayloadUnreadable('a reference to a payload is malformed');
      const found = await readExactly(pathOf(sha256), bytes).catch((error: NodeJS.ErrnoException) => {
        throw new PayloadUnreadable(`payload ${sha256} cannot be read (${error.code ?? error.message})`);
      });
      if (createHash('sha256').update(found).digest('hex') === sha256) return found;
      throw new PayloadUnreadable(`payload ${sha256} is not what was written`);
    },

    countBytes: async () => (await countFiles()) + added,

    async sweep(ageMs) {
      const before = Date.now() - ageMs;
      let removed = 0;
      for (const { name, mtimeMs } of await list()) {
        if (mtimeMs > before) continue;
        if (HASH.test(name) ? await removeUnlessPut(name, before) : await remove(join(folder, name)))
          removed += 1;
      }
      counted = undefined;
      return removed;
    },
  };

  function countFiles(): Promise<number> {
    if (counted === undefined || counted.at < Date.now() - COUNT_MS) {
      added = 0;
      counted = {
        at: Date.now(),
        bytes: list().then((files) => files.reduce((sum, { size }) => sum + size, 0)),
      };
      counted.bytes.catch(() => {
        counted = undefined;
      });
    }
    return counted.bytes;
  }

  /** Our files; whatever else lies there is left alone. */
  async function list(): Promise<{ name: string; size: number; mtimeMs: number }[]> {
    const names = (await readdir(folder)).filter((name) => HASH.test(name) || PASSING.test(name));
    const files = await Promise.all(
      names.map((name) =>
        stat(join(folder, name)).then(
          (file) => ({ name, file }),
          () => undefined,
        ),
      ),
    );
    return files.flatMap((found) =>
      found?.file.isFile() ? [{ name: found.name, size: found.file.size, mtimeMs: found.file.mtimeMs }] : [],
    );
  }

  /** Somebody may put it again in this moment: it steps aside first, and comes back if they did. */
  async function removeUnlessPut(hash: string, before: number): Promise<boolean> {
    const passing = passingPath(hash);
    try {
      await rename(pathOf(hash), passing);
      if ((await stat(passing)).mtimeMs <= before) return await remove(passing);
      await rename(passing, pathOf(hash));
    } catch {
      // Another process sweeps too.
    }
    return false;
  }
}

const remove = (path: string) =>
  rm(path).then(
    () => true,
    () => false,
  );

/** Whether it is there already; then its time begins anew. */
async function isKept(path: string, bytes: number): Promise<boolean> {
  try {
    const now = new Date();
    await utimes(path, now, now);
    return (await stat(path)).size === bytes;
  } catch {
    return false;
  }
}

async function readExactly(path: string, bytes: number): Promise<Buffer> {
  const file = await open(path, 'r');
  try {
    if ((await file.stat()).size !== bytes) throw new Error('another size');
    return await file.readFile();
  } finally {
    await file.close();
  }
}
