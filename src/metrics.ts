// Every metric of ours, by name. A registry is made by a function, one a process, so that nothing is shared between tests.
// Counters and histograms count what their own process saw; the gauges of the API are read from Temporal when they are
// scraped and tell of the whole cluster. Label values come from closed sets only.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { PROBLEM_CODES } from './host-finding.js';
import type { Language } from './languages.js';

/** What all runners together do now, and what waits for them, by language. */
export type ClusterLoad = {
  /** Slots of all runners that live, in all languages. */
  slots: number;
  /** Jobs that hold a slot. */
  active: ReadonlyMap<string, number>;
  /** Jobs that wait for one. */
  queued: ReadonlyMap<string, number>;
};

/** What the store of large payloads has in it, and what it may have, in bytes. */
export type PayloadsHeld = { bytes: number; mostBytes: number };

export type ApiMetrics = ReturnType<typeof createApiMetrics>;
export type RunnerMetrics = ReturnType<typeof createRunnerMetrics>;

const OUTCOMES = ['success', 'failure', 'error'] as const;

/** Whose fault a job's end was: nobody's, the program's, the platform's. */
export type Outcome = (typeof OUTCOMES)[number];

/** Seconds. The contract's 0.1 to 10, and finer ones where most programs are. */
const EXECUTION_BUCKETS = [0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30];

/** Seconds that a part of a container's life takes. */
const PHASE_BUCKETS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.2, 0.3, 0.5, 1, 2, 5, 10, 30, 60];

/** Seconds that it takes to get a job's dependencies. */
const RESOLUTION_BUCKETS = [1, 2, 5, 10, 20, 30, 60, 120, 300];

/**
 * Metrics of an API process. `readLoad` and `readPayloads` are called at each scrape; when one resolves to undefined, the gauges
 * that need it are left out: no value is better than a wrong one.
 */
export function createApiMetrics(
  languages: readonly Pick<Language, 'id'>[],
  readLoad: () => Promise<ClusterLoad | undefined>,
  readPayloads: () => Promise<PayloadsHeld | undefined>,
) {
  const registry = createRegistry();
  const registers = [registry];
  const gaugeByLanguage = (name: string, help: string, values: 'active' | 'queued') =>
    new Gauge({
      name,
      help,
      labelNames: ['language'],
      registers,
      async collect() {
        const load = await readLoad();
        this.reset();
        for (const [language, value] of load?.[values] ?? []) this.set({ language }, value);
      },
    });

  const requests = new Counter({
    name: 'braindrill_requests_total',
    help: 'Total number of code execution requests',
    labelNames: ['language', 'status'],
    registers,
  });
  const executionDuration = new Histogram({
    name: 'braindrill_execution_duration_seconds',
    help: 'Code execution duration in seconds',
    labelNames: ['language'],
    buckets: EXECUTION_BUCKETS,
    registers,
  });
  gaugeByLanguage('braindrill_active_executions', 'Number of currently active code executions', 'active');
  const authFailures = new Counter({
    name: 'braindrill_auth_failures_total',
    help: 'Total number of authentication failures',
    registers,
  });
  /** `api_key` is the name of a key, never a part of it. */
  const rateLimitHits = new Counter({
    name: 'braindrill_rate_limit_hits_total',
    help: 'Total number of rate limit hits',
    labelNames: ['api_key'],
    registers,
  });
  const validationErrors = new Counter({
    name: 'braindrill_validation_errors_total',
    help: 'Total number of input validation errors',
    labelNames: ['error_type'],
    registers,
  });
  new Gauge({
    name: 'braindrill_worker_pool_size',
    help: 'Number of workers in the pool',
    registers,
    async collect() {
      const load = await readLoad();
      if (load) this.set(load.slots);
      else this.remove();
    },
  });
  gaugeByLanguage('braindrill_queue_depth', 'Number of jobs waiting in queue', 'queued');
  gaugeByLanguage('braindrill_queued_jobs', 'Number of jobs in queued state', 'queued');
  const jobsSubmitted = new Counter({
    name: 'braindrill_jobs_submitted_total',
    help: 'Total number of jobs submitted',
    labelNames: ['language'],
    registers,
  });

  const payloadsGauge = (name: string, help: string, value: keyof PayloadsHeld) =>
    new Gauge({
      name,
      help,
      registers,
      async collect() {
        const held = await readPayloads();
        if (held) this.set(held[value]);
        else this.remove();
      },
    });
  payloadsGauge(
    'braindrill_payload_store_bytes',
    'Bytes of large jobs and results in the folder or bucket',
    'bytes',
  );
  payloadsGauge(
    'braindrill_payload_store_max_bytes',
    'Bytes that the folder or bucket may have',
    'mostBytes',
  );

  // From zero, so that the first one is an increase.
  for (const { id: language } of languages) {
    for (const status of OUTCOMES) requests.inc({ language, status }, 0);
    executionDuration.zero({ language });
    jobsSubmitted.inc({ language }, 0);
  }
  return {
    registry,
    requests,
    executionDuration,
    authFailures,
    rateLimitHits,
    validationErrors,
    jobsSubmitted,
  };
}

/** Metrics of a runner: what happens between Temporal's task and Docker. */
export function createRunnerMetrics() {
  const registry = createRegistry();
  const registers = [registry];
  const problems = new Gauge({
    name: 'braindrill_runner_problems',
    help: 'What keeps this runner from taking jobs, all or some, by code; npm run doctor tells more.',
    labelNames: ['code'],
    registers,
  });
  for (const code of PROBLEM_CODES) problems.set({ code }, 0);
  return {
    registry,
    slots: new Gauge({
      name: 'braindrill_runner_slots',
      help: 'Jobs of a language that this runner takes at once.',
      labelNames: ['language'],
      registers,
    }),
    runningPrograms: new Gauge({
      name: 'braindrill_runner_running_programs',
      help: 'Programs that run on this runner now: they hold a slot, a container and their cores.',
      labelNames: ['language'],
      registers,
    }),
    containerPhase: new Histogram({
      name: 'braindrill_runner_container_phase_seconds',
      help: 'Parts of a container\'s life: "start" until it takes a job, "cores" waiting for free ones, "run", "end" of a program that gave a result, "remove".',
      labelNames: ['phase'],
      buckets: PHASE_BUCKETS,
      registers,
    }),
    containerFailures: new Counter({
      name: 'braindrill_runner_container_failures_total',
      help: 'Attempts at a job that failed by the fault of Docker or the sandbox, by type of failure.',
      labelNames: ['type'],
      registers,
    }),
    waitingContainers: new Gauge({
      name: 'braindrill_runner_waiting_containers',
      help: 'Containers made ahead: "anybody" for whoever comes next, "caller" for the caller that they have served.',
      labelNames: ['language', 'for'],
      registers,
    }),
    containersTaken: new Counter({
      name: 'braindrill_runner_containers_taken_total',
      help: 'Programs by where their container came from: "caller" from the same caller\'s last one, "fresh" made ahead, "none" made for it.',
      labelNames: ['language', 'from'],
      registers,
    }),
    resolutions: new Counter({
      name: 'braindrill_runner_resolutions_total',
      help: 'Jobs with dependencies by what came of these: "found" in an image that was there, "made", "refused" by the registry or the tools, "failed" by the platform\'s fault.',
      labelNames: ['language', 'outcome'],
      registers,
    }),
    resolutionDuration: new Histogram({
      name: 'braindrill_runner_resolution_seconds',
      help: 'How long it took to get dependencies that were not there.',
      labelNames: ['language'],
      buckets: RESOLUTION_BUCKETS,
      registers,
    }),
    compileCache: new Counter({
      name: 'braindrill_runner_compile_cache_total',
      help: 'Compile steps: "hit" spared by what an earlier one of the same caller has made, "miss" done.',
      labelNames: ['language', 'result'],
      registers,
    }),
    problems,
    containersReaped: new Counter({
      name: 'braindrill_runner_containers_reaped_total',
      help: 'Containers that were removed because nobody waited for them any more.',
      registers,
    }),
  };
}

/** promtool refuses their names: no counters, but called total. */
const REFUSED_NAMES = [
  'nodejs_active_handles_total',
  'nodejs_active_requests_total',
  'nodejs_active_resources_total',
];

function createRegistry(): Registry {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  for (const name of REFUSED_NAMES) registry.removeSingleMetric(name);
  return registry;
}
