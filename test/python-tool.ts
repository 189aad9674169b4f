// Tools that are Python packages, each in a virtual environment of its own that is kept.
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '../src/config.js';

const run = promisify(execFile);

/** Installs these packages where that is not done yet, and answers with the folder of their commands. */
export async function ensurePythonTool(name: string, packages: readonly string[]): Promise<string> {
  const folder = `${PROJECT_ROOT}/.braindrill/cache/${name}`;
  const ready = `${folder}/.ready`;
  if (!existsSync(ready)) {
    try {
      await run('python3', ['-m', 'venv', '--clear', folder]);
      await run(`${folder}/bin/pip`, ['install', '--quiet', ...packages]);
    } catch (cause) {
      const sentence =
        `${name} cannot be installed: it needs Python 3.10 or newer with its venv module ` +
        '(apt-get install python3-venv) and a package index that pip can reach.';
      throw new Error(`${sentence}\n${(cause as Error).message}`, { cause });
    }
    writeFileSync(ready, '');
  }
  return `${folder}/bin`;
}
