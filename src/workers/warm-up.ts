// Runs hello world once in a language, outside any job's memory limit, before its jobs are taken. It proves that the language
// works here, and it reads the image's files into the page cache: a small container that had to do that itself, within its
// own limit, took 7 to 17 s for its first program.
import { type RunnerHost, runInContainer } from '../activities/run-in-container.js';
import type { Language } from '../languages.js';

const MEMORY_BYTES = 1024 ** 3;
const TIME_LIMIT_MS = 60_000;

/** Whether the language works here. Given up when `signal` aborts. */
export async function warmUp(
  { compileCache: _, ...host }: RunnerHost,
  language: Language,
  signal: AbortSignal,
): Promise<boolean> {
  const limits = { ...language.limits, memoryBytes: MEMORY_BYTES, timeLimitMs: TIME_LIMIT_MS };
  try {
    const [{ run, supervisor }] = await runInContainer(host, {
      jobId: `${host.name}-warm-up-${language.id}`,
      attempt: 1,
      language: { ...language, limits },
      code: language.hello,
      owner: host.name,
      signal,
      onStart: () => {},
    });
    if (supervisor.exit_code === 0 && run.stdout.toString().trim() === 'drill my brain') return true;
    host.log.error(
      { language: language.id, supervisor, stderr: run.stderr.toString() },
      'hello world failed',
    );
  } catch (error) {
    if (!signal.aborted) host.log.error({ language: language.id, err: error }, 'hello world failed');
  }
  return false;
}
