// Whether a job came to what its program's table says. A program runs once: a second attempt is a loss whatever came of it.
import { isDeepStrictEqual } from 'node:util';
import type { JobBody } from '../../src/api/job-schemas.js';
import type { HostileProgram, Left, Verdict } from './programs.js';

const SHOWN = 600;

/** What is wrong with the job, in words; undefined when it is as one of the program's verdicts says. */
export function judge(job: JobBody, program: HostileProgram, value?: string): string | undefined {
  if (job.attempt !== 1) return `took ${job.attempt} attempts: ${show(job)}`;
  const problems = [program, ...(program.or ? [program.or] : [])].map((verdict) =>
    compare(job, verdict, value),
  );
  return problems.includes(undefined) ? undefined : `${problems.join('; and ')}: ${show(job)}`;
}

function compare(job: JobBody, verdict: Verdict, value = ''): string | undefined {
  const fill = (text: string) => text.replaceAll('EACH', value);
  const { status, reason, exit_code: exitCode, signal, truncated } = verdict;
  if (job.status !== status) return `status is not ${status}`;
  if (job.reason !== (reason ?? null)) return `reason is not ${reason}`;
  if (exitCode !== undefined && job.exit_code !== Number(fill(`${exitCode}`)))
    return `exit_code is not ${fill(`${exitCode}`)}`;
  if (signal !== undefined && job.signal !== fill(signal)) return `signal is not ${fill(signal)}`;
  if (truncated !== undefined && job.truncated !== truncated) return `truncated is not ${truncated}`;
  const { stdout, stdout_includes: part, stderr_includes: stderrPart } = verdict;
  if (stdout !== undefined && job.stdout !== stdout) return `stdout is not ${JSON.stringify(stdout)}`;
  if (part !== undefined && !job.stdout?.includes(part)) return `stdout lacks ${JSON.stringify(part)}`;
  if (stderrPart !== undefined && !job.stderr?.includes(stderrPart))
    return `stderr lacks ${JSON.stringify(stderrPart)}`;
  return compareArtifacts(job, verdict);
}

function compareArtifacts({ artifacts }: JobBody, { artifacts: verdicts = {} }: Verdict): string | undefined {
  for (const [at, [path, verdict]] of Object.entries(verdicts).entries()) {
    const { error, content, encoding } = artifacts?.[at] ?? {};
    const came = error ?? { content: Buffer.from(content ?? '', encoding).toString() };
    const isAs = (one: Left) => isDeepStrictEqual(one, came);
    if (verdict === 'given' ? error !== undefined : ![verdict].flat().some(isAs))
      return `${path} is not ${JSON.stringify(verdict)} but ${JSON.stringify(came).slice(0, SHOWN)}`;
  }
  return undefined;
}

function show({ stdout, stderr, ...job }: JobBody): string {
  const { status, reason, exit_code, signal, truncated, attempt, execution_duration_ms, compile, error } =
    job;
  const told = { status, reason, exit_code, signal, truncated, attempt, execution_duration_ms };
  const texts = { stdout, stderr, error, compile: compile?.stderr };
  const cut = Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text?.slice(0, SHOWN)]));
  return JSON.stringify({ ...told, ...cut });
}
