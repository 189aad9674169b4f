import {
  chownSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs';
import { isSeq, parseDocument, stringify } from 'yaml';
import { type KeyEntry, readKeyFile } from './key-file.js';

/**
 * Appends a key to a key file, which is created if it is missing; comments stay. Readers see the file before or after, never half.
 * @throws Error when the name is taken, the file cannot be used, or somebody else is writing it.
 */
export function addKeyEntry(file: string, entry: KeyEntry): void {
  const draft = `${file}.new`;
  const descriptor = openDraft(draft);
  try {
    writeSync(descriptor, withEntry(file, entry));
    closeSync(descriptor);
    keepOwner(file, draft);
    renameSync(draft, file);
  } catch (error) {
    rmSync(draft, { force: true });
    throw error;
  }
}

/** Only one can have made the draft, so nobody's key is lost to somebody else's. */
function openDraft(draft: string): number {
  try {
    return openSync(draft, 'wx', 0o600);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(
      code === 'EEXIST'
        ? `Another create-key is writing ${draft}. Try again; remove that file if it was left behind.`
        : `${draft} cannot be written (${code}).`,
    );
  }
}

function withEntry(file: string, entry: KeyEntry): string {
  const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
  if (text !== '' && readKeyFile(file).some(({ name }) => name === entry.name)) {
    throw new Error(`${file} has a key of the name ${entry.name}: choose another name.`);
  }
  const document = parseDocument(text);
  if (!isSeq(document.contents)) return `${text}\n${stringify([entry])}`.trimStart();
  document.add(document.createNode(entry));
  return document.toString();
}

/** Root may add a key to a file that the service's own user reads. */
function keepOwner(file: string, draft: string): void {
  if (!existsSync(file)) return;
  const { uid, gid } = statSync(file);
  chownSync(draft, uid, gid);
}
