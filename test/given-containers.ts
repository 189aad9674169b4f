// Which containers a runner gave to jobs: a line of its log each, written before the program is sent.
import { existsSync, readFileSync } from 'node:fs';

/** `container` is its id. */
export type Given = { jobId: string; attempt: number; container: string; at: Date };

type Line = { msg?: string; time: string; job: string; attempt: number; container: string };

export function readGiven(log: string): Given[] {
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, 'utf8')
    .split('\n')
    .filter((line) => line.includes('"job in container"'));
  return lines.map((line) => {
    const { time, job, attempt, container } = JSON.parse(line) as Line;
    return { jobId: job, attempt, container, at: new Date(time) };
  });
}
