// A job as a list knows it, from Temporal's visibility store or from memory, and whether it is one that was asked for.
import type { WorkflowExecutionInfo } from '@temporalio/client';
import { durationMs, type FinishedJob, type JobStatus } from '../job.js';
import type { Labels } from '../job-fields.js';
import {
  JOB_COMPLETED_AT,
  JOB_DURATION_MS,
  JOB_LABELS,
  JOB_LANGUAGE,
  JOB_STATUS,
  toLabels,
} from '../temporal-names.js';
import type { JobSummary } from './job-schemas.js';

export type ListedJob = JobSummary & { labels: Labels };

export type JobFilter = {
  status?: JobStatus | undefined;
  language?: string | undefined;
  /** A job must have them all. */
  labels?: readonly (readonly [name: string, value: string])[] | undefined;
};

export function isWanted(job: ListedJob, { status, language, labels = [] }: JobFilter): boolean {
  return (
    (status === undefined || job.status === status) &&
    (language === undefined || job.language === language) &&
    labels.every(([name, value]) => job.labels[name] === value)
  );
}

export function toListedJob(info: WorkflowExecutionInfo): ListedJob {
  return {
    job_id: info.workflowId,
    language: info.typedSearchAttributes.get(JOB_LANGUAGE) ?? 'unknown',
    status: toStatus(info),
    created_at: info.startTime.toISOString(),
    completed_at: (info.typedSearchAttributes.get(JOB_COMPLETED_AT) ?? info.closeTime)?.toISOString() ?? null,
    execution_duration_ms: info.typedSearchAttributes.get(JOB_DURATION_MS) ?? null,
    labels: toLabels(info.typedSearchAttributes.get(JOB_LABELS)),
  };
}

export function toEndedJob({ jobId, language, createdAt, labels, result }: FinishedJob): ListedJob {
  return {
    job_id: jobId,
    language,
    status: result.status,
    created_at: createdAt,
    completed_at: result.completedAt,
    execution_duration_ms: durationMs(result),
    labels,
  };
}

function toStatus({ status, typedSearchAttributes }: WorkflowExecutionInfo): JobStatus {
  const told = (typedSearchAttributes.get(JOB_STATUS) ?? 'queued') as JobStatus;
  const ended = status.name !== 'RUNNING';
  // A workflow that somebody terminated had no time to say so.
  return ended && (told === 'queued' || told === 'running') ? 'failed' : told;
}
