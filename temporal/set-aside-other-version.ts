// The server does not migrate its SQLite file's schema. A file of another version is kept, but not used.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { promisify } from 'node:util';

/** Renames the database of another server version, and notes beside it which version it belongs to. */
export async function setAsideOtherVersion(
  executable: string,
  dbFile: string,
  report: (line: string) => void,
): Promise<void> {
  const versionFile = `${dbFile}.version`;
  const version = await readServerVersion(executable);
  const earlier = existsSync(versionFile) ? (await readFile(versionFile, 'utf8')).trim() : version;
  if (earlier !== version && existsSync(dbFile)) {
    const kept = `${dbFile}.${earlier}.${new Date().toISOString().replace(/[-:]|\.\d+/g, '')}`;
    for (const suffix of ['', '-wal', '-shm']) {
      if (existsSync(dbFile + suffix)) await rename(dbFile + suffix, kept + suffix);
    }
    report(
      `Temporal server: its file is of version ${earlier}, this is ${version}; the old one is kept as ${kept}`,
    );
  }
  await writeFile(versionFile, `${version}\n`);
}

/** "temporal version 1.9.1 (Server 1.32.0, UI 2.54.1)": the schema is the server's. */
async function readServerVersion(executable: string): Promise<string> {
  const { stdout } = await promisify(execFile)(executable, ['--version']);
  return /Server ([\w.+-]+)/.exec(stdout)?.[1] ?? stdout.trim().replace(/[^\w.+-]+/g, '-');
}
