// Where the CPU time of a Python hello world goes, by process, with one caller's 8 at once.
import { readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, test } from 'vitest';
import { type BenchService, CALLERS, startBenchService } from './bench-service.js';
import { tell } from './measure.js';

const JOBS = 400;
const AT_ONCE = 8;
const ENGINE = ['dockerd', 'containerd', 'containerd-shim'];
/** CPU time of all containers together, in the two versions of cgroups. */
const CONTAINERS = [
  { file: '/sys/fs/cgroup/cpuacct/docker/cpuacct.usage', toMs: (text: string) => Number(text) / 1e6 },
  {
    file: '/sys/fs/cgroup/system.slice/docker.slice/cpu.stat',
    toMs: (text: string) => Number(/usage_usec (\d+)/.exec(text)?.[1]) / 1e3,
  },
];

let service: BenchService;

beforeAll(async () => {
  service = await startBenchService('python');
});
afterAll(() => service.stop());

const run = () => service.run(CALLERS[0] as string, 'python', 'print("ran")', 'ran\n');

async function runAll(count: number): Promise<void> {
  let next = 0;
  const lane = async () => {
    while (next++ < count) await run();
  };
  await Promise.all(Array.from({ length: AT_ONCE }, lane));
}

/** Milliseconds of CPU time that a process has had. */
function cpuMs(pid: number | string): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  return (Number(fields[11]) + Number(fields[12])) * 10;
}

function engineMs(): number {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return pids.reduce((sum, pid) => {
    try {
      const name = readFileSync(`/proc/${pid}/comm`, 'utf8').trim();
      return ENGINE.some((one) => one.slice(0, 15) === name) ? sum + cpuMs(pid) : sum;
    } catch {
      return sum;
    }
  }, 0);
}

function containersMs(): number {
  for (const { file, toMs } of CONTAINERS) {
    try {
      return toMs(readFileSync(file, 'utf8'));
    } catch {}
  }
  return Number.NaN;
}

const look = () => ({
  ...Object.fromEntries(Object.entries(service.pids).map(([name, pid]) => [name, cpuMs(pid)])),
  'Docker engine': engineMs(),
  'supervisors and programs': containersMs(),
  'this client': process.cpuUsage().user / 1e3 + process.cpuUsage().system / 1e3,
});

test('where the CPU time of a job goes', { timeout: 300_000 }, async () => {
  await runAll(100);
  const before: Record<string, number> = look();
  await runAll(JOBS);
  const after: Record<string, number> = look();
  tell(
    'CPU time of a hello world',
    Object.keys(after).map((name) => ({
      '': name,
      'ms a job': (((after[name] ?? 0) - (before[name] ?? 0)) / JOBS).toFixed(1),
    })),
  );
});
