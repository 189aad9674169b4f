// The names under which the parts of the engine meet on the Temporal server. Pure: workflow code imports it too.
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** The workflow type of a job. */
export const RUN_JOB = 'runJob';

/** Task queue of the workflows (and their local activities). */
export const JOBS_QUEUE = 'jobs';

/** Task queue of the runners' activity workers of one language. */
export const runQueue = (languageId: string) => `run-${languageId}`;

/** Task queue of one runner's host worker. */
export const hostQueue = (runner: string) => `host-${runner}`;

/** Sent by the runner to the workflow of a program that runs long enough to be worth telling. */
export const STARTED_SIGNAL = 'started';

export const STATUS_QUERY = 'status';
export const RESULT_QUERY = 'result';

export const JOB_LANGUAGE = defineSearchAttributeKey('JobLanguage', SearchAttributeType.KEYWORD);
export const JOB_OWNER = defineSearchAttributeKey('JobOwner', SearchAttributeType.KEYWORD);
export const JOB_STATUS = defineSearchAttributeKey('JobStatus', SearchAttributeType.KEYWORD);
export const JOB_COMPLETED_AT = defineSearchAttributeKey('JobCompletedAt', SearchAttributeType.DATETIME);
export const JOB_DURATION_MS = defineSearchAttributeKey('JobDurationMs', SearchAttributeType.INT);
