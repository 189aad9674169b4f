// Schemathesis makes requests from an OpenAPI document and holds the answers to it.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { ensurePythonTool } from '../python-tool.js';

const VERSION = '4.32.5';

const run = promisify(execFile);

/** Installs Schemathesis where that is not done yet, and answers with the path of its command. */
export async function ensureSchemathesis(): Promise<string> {
  return `${await ensurePythonTool(`schemathesis-${VERSION}`, [`schemathesis==${VERSION}`])}/schemathesis`;
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
