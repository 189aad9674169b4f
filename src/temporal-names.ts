// The names under which the parts of the engine meet on the Temporal server. Pure: workflow code imports it too.
import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';

/** The workflow type of a job. */
export const RUN_JOB = 'runJob';

/** Task queue of the workflows (and their local activities). */
export const JOBS_QUEUE = 'jobs';

/** Task queue of the runners' activity workers of one language. */
export const runQueue = (languageId: string) => `run-${languageId}`;

/** Task queue of the workers of one language that take its jobs with dependencies. No language's id has a slash. */
export const dependenciesQueue = (languageId: string) => `${runQueue(languageId)}/dependencies`;

/** Task queue of one runner's host worker. */
export const hostQueue = (runner: string) => `host-${runner}`;

/** Sent by the runner to the workflow of a program that runs long enough to be worth telling. */
export const STARTED_SIGNAL = 'started';

export const STATUS_QUERY = 'status';
export const RESULT_QUERY = 'result';

/** The type of an activity's failure whose arguments cannot be read for now. */
export const PAYLOAD_STORE_FAILS = 'PayloadStoreFails';

export const JOB_LANGUAGE = defineSearchAttributeKey('JobLanguage', SearchAttributeType.KEYWORD);
export const JOB_OWNER = defineSearchAttributeKey('JobOwner', SearchAttributeType.KEYWORD);
export const JOB_STATUS = defineSearchAttributeKey('JobStatus', SearchAttributeType.KEYWORD);
export const JOB_COMPLETED_AT = defineSearchAttributeKey('JobCompletedAt', SearchAttributeType.DATETIME);
export const JOB_DURATION_MS = defineSearchAttributeKey('JobDurationMs', SearchAttributeType.INT);
export const JOB_LABELS = defineSearchAttributeKey('JobLabels', SearchAttributeType.KEYWORD_LIST);

/** A search attribute's value may have so many bytes as JSON; a server's setting, and this its default. */
export const ATTRIBUTE_BYTES = 2048;

/** A label as the search attribute has it: stores differ in what they make of marks, so what is not plain is percent-encoded. */
export const toLabelValue = (name: string, value: string) =>
  `${name}=${encodeURIComponent(value.toWellFormed()).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`)}`;

export const toLabelValues = (labels: Record<string, string>): string[] =>
  Object.entries(labels).map(([name, value]) => toLabelValue(name, value));

/** The labels of a search attribute; what is none was set by somebody else, and is left out. */
export function toLabels(values: readonly string[] = []): Record<string, string> {
  return Object.fromEntries(
    values.flatMap((value) => {
      const at = value.indexOf('=');
      try {
        return at > 0 ? [[value.slice(0, at), decodeURIComponent(value.slice(at + 1))]] : [];
      } catch {
        return [];
      }
    }),
  );
}
