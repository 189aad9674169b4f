// Tools that are Python packages, each in a virtual environment of its own that is kept.
import { execFile } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '../src/config.js';

const CACHE = `${PROJECT_ROOT}/.braindrill/cache`;

const INSTALL = `set -e
test ! -e "$0/.ready" || exit 0
python3 -m venv --clear "$0"
"$0/bin/pip" install --quiet "$@"
touch "$0/.ready"`;

/** Installs these packages where that is not done yet, and answers with the folder of their commands. */
export async function ensurePythonTool(name: string, packages: readonly string[]): Promise<string> {
  const folder = `${CACHE}/${name}`;
  mkdirSync(CACHE, { recursive: true });
  try {
    // Test files that run at the same time may want the same one.
    await promisify(execFile)('flock', [`${folder}.lock`, 'bash', '-c', INSTALL, folder, ...packages]);
  } catch (cause) {
    const sentence =
      `${name} cannot be installed: it needs Python 3.10 or newer with its venv module ` +
      '(apt-get install python3-venv) and a package index that pip can reach.';
    throw new Error(`${sentence}\n${(cause as Error).message}`, { cause });
  }
  return `${folder}/bin`;
}
