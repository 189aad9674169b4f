// Schemathesis makes requests from an OpenAPI document and holds the answers to it. It lives in a virtual environment.
import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { PROJECT_ROOT } from '../../src/config.js';

const VERSION = '4.32.5';
const FOLDER = `${PROJECT_ROOT}/.braindrill/cache/schemathesis-${VERSION}`;
const READY = `${FOLDER}/.ready`;

const run = promisify(execFile);

/** Installs Schemathesis where that is not done yet, and answers with the path of its command. */
export async function ensureSchemathesis(): Promise<string> {
  if (!existsSync(READY)) {
    try {
      await run('python3', ['-m', 'venv', '--clear', FOLDER]);
      await run(`${FOLDER}/bin/pip`, ['install', '--quiet', `schemathesis==${VERSION}`]);
    } catch (cause) {
      const sentence =
        'Schemathesis cannot be installed: it needs Python 3.10 or newer with its venv module ' +
        '(apt-get install python3-venv) and a package index that pip can reach.';
      throw new Error(`${sentence}\n${(cause as Error).message}`, { cause });
    }
    writeFileSync(READY, '');
  }
  return `${FOLDER}/bin/schemathesis`;
}

/** Runs Schemathesis and answers with all that it printed, whatever came of it. */
export async function runSchemathesis(
  args: string[],
  options: { cwd: string; timeoutMs: number },
): Promise<{ passed: boolean; printed: string }> {
  const command = await ensureSchemathesis();
  try {
    const { stdout } = await run(command, args, { cwd: options.cwd, timeout: options.timeoutMs });
    return { passed: true, printed: stdout };
  } catch (error) {
    const { stdout, stderr, killed } = error as { stdout: string; stderr: string; killed?: boolean };
    return { passed: false, printed: `${killed ? 'not through in time\n' : ''}${stdout}\n${stderr}` };
  }
}
