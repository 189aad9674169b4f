// Every activity, in the groups in which processes host them.
import type { Finding } from '../host-finding.js';
import { createDescribeHost } from './describe-host.js';
import { createRecordResult, type JobObserver } from './record-result.js';
import { createRunProgram, type RunnerHost } from './run-program.js';
import { createValidateJob, type JobRules } from './validate-job.js';

/** Local activities of the workflow worker. */
export function createJobActivities(rules: JobRules, observer: JobObserver) {
  return { validateJob: createValidateJob(rules), recordResult: createRecordResult(observer) };
}

/** Activities of a runner, which has a Docker engine, on the queue of a language. */
export function createRunnerActivities(host: RunnerHost, onImageMissing: () => void) {
  return { runProgram: createRunProgram(host, onImageMissing) };
}

/** Activities of a runner on its own queue. */
export function createHostActivities(findings: () => Finding[]) {
  return { describeHost: createDescribeHost(findings) };
}

export type JobActivities = ReturnType<typeof createJobActivities>;
export type RunnerActivities = ReturnType<typeof createRunnerActivities>;
