// How many runs of one program end in a second inside one job, beside the bare interpreter or program on the host.
import { execFile } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { JobBody } from '../../src/api/job-schemas.js';
import type { JobRequest } from '../../src/job.js';
import { type BenchService, CALLERS, startBenchService } from './bench-service.js';
import { measureThroughput } from './measure.js';

const RUNS = 400;
const PROGRAMS = [
  { language: 'python', code: 'a, b = map(int, input().split())\nprint(a + b)' },
  {
    language: 'c',
    code: '#include <stdio.h>\nint main(void) { int a, b; scanf("%d %d", &a, &b); printf("%d\\n", a + b); }',
  },
];

let service: BenchService;

beforeAll(async () => {
  service = await startBenchService('python,c');
});
afterAll(() => service.stop());

/** One job of many runs, each answer checked. */
async function runAll(program: Pick<JobRequest, 'language' | 'code'>): Promise<void> {
  const runs = Array.from({ length: RUNS }, (_, n) => ({
    stdin: `${n} ${n}\n`,
    expected_output: `${2 * n}`,
  }));
  const key = CALLERS[0] as string;
  const id = await service.submit(key, { ...program, runs });
  for (;;) {
    const job = (await service.get(key, `/jobs/${id}`)) as JobBody;
    if (job.status !== 'queued' && job.status !== 'running') {
      expect(job).toMatchObject({ status: 'completed', verdict: 'accepted' });
      return;
    }
    await sleep(20);
  }
}

test.each(PROGRAMS)('runs of $language', { timeout: 600_000 }, async (program) => {
  await measureThroughput(
    `runs of one job, ${program.language}`,
    [
      {
        name: 'python3 on the host, one at a time',
        atOnce: 1,
        run: async () => void (await promisify(execFile)('python3', ['-c', 'print(1)'])),
      },
      { name: `one job of ${RUNS} runs`, atOnce: 1, run: () => runAll(program), counts: RUNS },
    ],
    { rounds: 3, windowMs: 5_000 },
  );
});
