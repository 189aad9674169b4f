// What the server must know before the first job: the namespace, how long it keeps finished jobs, and our search attributes.
import { setTimeout as delay } from 'node:timers/promises';
import type { Connection } from '@temporalio/client';
import { msToTs } from '@temporalio/common';
import {
  JOB_COMPLETED_AT,
  JOB_DURATION_MS,
  JOB_LABELS,
  JOB_LANGUAGE,
  JOB_OWNER,
  JOB_STATUS,
} from '../src/temporal-names.js';

/** The client's connection and the worker's both have these. */
type Services = Pick<Connection, 'workflowService' | 'operatorService'>;

/** gRPC's code NOT_FOUND; a worker's connection fills nothing else of an error. */
const NOT_FOUND = 5;
const ALREADY_EXISTS = 6;

/** The server keeps finished jobs no shorter. */
const MIN_RETENTION_S = 3600;

/** A cluster's frontends learn of new attributes within 10 s. */
const USABLE_LIMIT_MS = 30_000;
const POLL_MS = 100;

/** Numbers of Temporal's IndexedValueType. */
const INDEXED_TYPES = { KEYWORD: 2, INT: 3, DATETIME: 6, KEYWORD_LIST: 7 } as const;

const ATTRIBUTES = [JOB_LANGUAGE, JOB_OWNER, JOB_STATUS, JOB_COMPLETED_AT, JOB_DURATION_MS, JOB_LABELS];

/** Makes the namespace what jobs need. Does nothing where it is so already, and may run in many processes at once. */
export async function setUpNamespace(
  connection: Services,
  namespace: string,
  retentionMs: number,
  report: (line: string) => void = () => {},
): Promise<void> {
  const seconds = Math.max(MIN_RETENTION_S, Math.round(retentionMs / 1000));
  const done = [
    ...(await setRetention(connection, namespace, seconds)),
    ...(await addAttributes(connection, namespace)),
  ];
  await untilUsable(connection, namespace);
  report(`Temporal namespace ${namespace}: ${done.join(', ') || 'set up already'}`);
}

async function setRetention(connection: Services, namespace: string, seconds: number): Promise<string[]> {
  const { workflowService } = connection;
  const retention = msToTs(seconds * 1000);
  const current = await describe(connection, namespace);
  if (!current) {
    const request = { namespace, workflowExecutionRetentionPeriod: retention };
    await workflowService.registerNamespace(request).catch(ignore(ALREADY_EXISTS));
    return [`registered, retention ${seconds} s`];
  }
  if (Number(current.config?.workflowExecutionRetentionTtl?.seconds) === seconds) return [];
  await workflowService.updateNamespace({ namespace, config: { workflowExecutionRetentionTtl: retention } });
  return [`retention set to ${seconds} s`];
}

async function describe({ workflowService }: Services, namespace: string) {
  return workflowService.describeNamespace({ namespace }).catch(ignore(NOT_FOUND));
}

async function addAttributes({ operatorService }: Services, namespace: string): Promise<string[]> {
  const { customAttributes } = await retry(() => operatorService.listSearchAttributes({ namespace }));
  const missing = ATTRIBUTES.filter(({ name }) => !(name in customAttributes));
  if (missing.length === 0) return [];
  const searchAttributes = Object.fromEntries(missing.map(({ name, type }) => [name, INDEXED_TYPES[type]]));
  await operatorService.addSearchAttributes({ namespace, searchAttributes }).catch(ignore(ALREADY_EXISTS));
  return [`added ${missing.map(({ name }) => name).join(', ')}`];
}

/** A value of each type, as a query writes it. */
const SAMPLES = {
  KEYWORD: "''",
  INT: '0',
  DATETIME: "'2000-01-01T00:00:00Z'",
  KEYWORD_LIST: "'a=b'",
} as const;

/** A query that names them all is refused until the frontend knows every one. */
async function untilUsable({ workflowService }: Services, namespace: string): Promise<void> {
  const conditions = ATTRIBUTES.map(({ name, type }) => `${name} = ${SAMPLES[type]}`);
  await retry(() => workflowService.countWorkflowExecutions({ namespace, query: conditions.join(' AND ') }));
}

async function retry<T>(call: () => Promise<T>): Promise<T> {
  const deadline = Date.now() + USABLE_LIMIT_MS;
  for (;;) {
    try {
      return await call();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await delay(POLL_MS);
    }
  }
}

function ignore(code: number): (error: unknown) => undefined {
  return (error) => {
    if ((error as { code?: number }).code !== code) throw error;
    return undefined;
  };
}
