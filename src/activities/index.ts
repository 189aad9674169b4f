// Every activity, in the two groups in which processes host them.
import { createRecordResult, type JobObserver } from './record-result.js';
import { createRunProgram, type RunnerHost } from './run-program.js';
import { createValidateJob, type JobRules } from './validate-job.js';

/** Local activities of the workflow worker. */
export function createJobActivities(rules: JobRules, observer: JobObserver) {
  return { validateJob: createValidateJob(rules), recordResult: createRecordResult(observer) };
}

/** Activities of a runner, which has a Docker engine. */
export function createRunnerActivities(host: RunnerHost) {
  return { runProgram: createRunProgram(host) };
}

export type JobActivities = ReturnType<typeof createJobActivities>;
export type RunnerActivities = ReturnType<typeof createRunnerActivities>;
