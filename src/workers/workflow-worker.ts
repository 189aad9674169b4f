import { hostname } from 'node:os';
import type { NativeConnection, Worker } from '@temporalio/worker';
import { createJobActivities } from '../activities/index.js';
import type { JobObserver } from '../activities/record-result.js';
import type { JobRules } from '../activities/validate-job.js';
import type { Payloads } from '../payloads/payloads.js';
import { toIdentity } from '../runner-identity.js';
import { JOBS_QUEUE } from '../temporal-names.js';
import { bundleFile } from './bundle-workflows.js';
import { JobsWorker } from './jobs-worker.js';

export type WorkflowWorkerOptions = {
  /** Shared with the client that starts the jobs: only then does the server hand back the first workflow task at once. */
  connection: NativeConnection;
  namespace: string;
  payloads: Payloads;
  rules: JobRules;
  observe: JobObserver;
};

/** The worker that runs the jobs' workflows and their local activities. */
export function createWorkflowWorker({
  connection,
  namespace,
  payloads,
  rules,
  observe,
}: WorkflowWorkerOptions): Promise<Worker> {
  return JobsWorker.create({
    connection,
    namespace,
    taskQueue: JOBS_QUEUE,
    identity: toIdentity('api', hostname()),
    dataConverter: payloads.ofWorkflows,
    workflowBundle: { codePath: bundleFile(payloads) },
    activities: createJobActivities(rules, observe),
    enableNonLocalActivities: false,
    // A workflow whose worker died waits this long before another worker takes it.
    stickyQueueScheduleToStartTimeout: '2s',
    shutdownGraceTime: '10s',
  });
}
