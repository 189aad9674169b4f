import { statSync } from 'node:fs';

const INTERVAL_MS = 1_000;

/**
 * Calls `onChange` within a second after a file became another than it is now; answers with what ends that.
 * Call it before the first reading: fs.watchFile would miss a change between that and its own first look.
 */
export function watchFile(file: string, onChange: () => void): () => void {
  let seen = versionOf(file);
  const timer = setInterval(() => {
    const version = versionOf(file);
    if (version === seen) return;
    seen = version;
    onChange();
  }, INTERVAL_MS);
  timer.unref();
  return () => clearInterval(timer);
}

/** A file that cannot be looked at, for now or for good, is a version like any other. */
function versionOf(file: string): string {
  try {
    const { ino, mtimeNs, size } = statSync(file, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch {
    return 'none';
  }
}
