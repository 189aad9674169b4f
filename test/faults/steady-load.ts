// Jobs that keep coming while plugs are pulled: some that somebody waits for, some that are asked for later, short ones and
// ones that sleep. Each prints a text of its own.
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { acceptedJobSchema, jobBodySchema } from '../../src/api/job-schemas.js';
import type { TestedService } from './tested-service.js';

const EVERY_MS = 350;

/** A machine that is slower than this load gets less of it. */
const MAX_UNANSWERED = 12;

const PROGRAMS: readonly { language: string; waits: boolean; toCode: (text: string) => string }[] = [
  { language: 'python', waits: false, toCode: (text) => `print("${text}")` },
  { language: 'perl', waits: true, toCode: (text) => `print "${text}\\n";` },
  { language: 'python', waits: false, toCode: (text) => `import time; time.sleep(1.5); print("${text}")` },
  { language: 'perl', waits: false, toCode: (text) => `sleep 1; print "${text}\\n";` },
  { language: 'python', waits: true, toCode: (text) => `import time; time.sleep(0.5); print("${text}")` },
];

/** A job that the service has taken: it must end as `completed` with this output. */
export type Accepted = { jobId: string; output: string };

export type SteadyLoad = {
  accepted: readonly Accepted[];
  /** Ends the load and waits for the answers that are still to come. */
  stop(): Promise<void>;
};

export function startLoad(service: TestedService): SteadyLoad {
  const accepted: Accepted[] = [];
  const unanswered = new Set<Promise<void>>();
  let stopped = false;

  async function send(index: number): Promise<void> {
    const { language, waits, toCode } = PROGRAMS[index % PROGRAMS.length] as (typeof PROGRAMS)[number];
    const text = randomUUID();
    const jobId = await (waits ? runAndWait : submit)(service, language, toCode(text));
    if (jobId !== undefined) accepted.push({ jobId, output: `${text}\n` });
  }

  async function keepSending(): Promise<void> {
    for (let index = 0; !stopped; index++) {
      if (unanswered.size < MAX_UNANSWERED) {
        const sent: Promise<void> = send(index).finally(() => unanswered.delete(sent));
        unanswered.add(sent);
      }
      await sleep(EVERY_MS);
    }
  }
  const sending = keepSending();

  return {
    accepted,
    async stop() {
      stopped = true;
      await sending;
      await Promise.all(unanswered);
    },
  };
}

/** The job's id, or undefined when it was not accepted: refused, or no answer came. */
async function submit(service: TestedService, language: string, code: string): Promise<string | undefined> {
  const answer = await post(service, '/jobs', JSON.stringify({ code, language }));
  return answer === undefined ? undefined : acceptedJobSchema.parse(JSON.parse(answer)).job_id;
}

async function runAndWait(
  service: TestedService,
  language: string,
  code: string,
): Promise<string | undefined> {
  const answer = await post(service, `/lang/${language}`, code);
  return answer === undefined ? undefined : jobBodySchema.parse(JSON.parse(answer)).job_id;
}

async function post(service: TestedService, path: string, body: string): Promise<string | undefined> {
  const headers = { Accept: 'application/json' };
  const response = await service
    .call(path, { method: 'POST', body, headers }, 150_000)
    .catch(() => undefined);
  if (response === undefined) return undefined;
  // An answer that was begun counts: only its end may be missing, and then the test does not know the job.
  const text = await response.text().catch(() => undefined);
  if (response.status !== 200 && ![502, 503].includes(response.status)) {
    throw new Error(`POST ${path}: ${response.status} ${text}`);
  }
  return response.status === 200 ? text : undefined;
}
