// Payloads as files of one folder.
import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readdir, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isHash, type PayloadPlace, unreadable } from './payload-place.js';

/** The folder's size is read again after this time. */
const COUNTED_FOR_MS = 5_000;

/** Of a file that is being written, or that is about to go. */
const PASSING = /^\.[0-9a-f]{64}\.[0-9a-f-]{36}$/;

/**
 * Opens the folder, and makes it.
 * @throws Error that names the setting when that cannot be.
 */
export function openPayloadFolder(folder: string): PayloadPlace {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Error(`payloads.folder: ${folder} cannot be made (${(error as NodeJS.ErrnoException).code}).`);
  }
  const pathOf = (hash: string) => join(folder, hash);
  const passingPath = (hash: string) => join(folder, `.${hash}.${randomUUID()}`);

  return {
    name: folder,
    countedForMs: COUNTED_FOR_MS,
    isSlowToCount: false,

    async renew(hash, bytes) {
      try {
        const now = new Date();
        await utimes(pathOf(hash), now, now);
        return (await stat(pathOf(hash))).size === bytes;
      } catch {
        return false;
      }
    },

    async write(hash, bytes) {
      const passing = passingPath(hash);
      try {
        await writeFile(passing, bytes, { mode: 0o600, flag: 'wx' });
        await rename(passing, pathOf(hash));
      } catch (error) {
        await rm(passing, { force: true }).catch(() => {});
        throw error;
      }
      return undefined;
    },

    async read({ sha256, bytes }) {
      const file = await open(pathOf(sha256), 'r').catch((error: NodeJS.ErrnoException) => {
        throw error.code === 'ENOENT' ? unreadable(sha256, error.code) : error;
      });
      try {
        if ((await file.stat()).size !== bytes) throw unreadable(sha256, 'another size');
        return await file.readFile();
      } finally {
        await file.close();
      }
    },

    countBytes: async () => (await list()).reduce((sum, { size }) => sum + size, 0),

    async sweep(before) {
      let removed = 0;
      for (const { name, mtimeMs } of await list()) {
        if (mtimeMs > before) continue;
        if (isHash(name) ? await removeUnlessPut(name, before) : await remove(join(folder, name)))
          removed += 1;
      }
      return removed;
    },
  };

  /** Our files; whatever else lies there is left alone. */
  async function list(): Promise<{ name: string; size: number; mtimeMs: number }[]> {
    const names = (await readdir(folder)).filter((name) => isHash(name) || PASSING.test(name));
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
