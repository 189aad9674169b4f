import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type Docker from 'dockerode';
import type { JobInput, JobResult } from './job.js';
import type { Language } from './languages.js';
import { JOB_LANGUAGE, JOBS_QUEUE, RUN_JOB } from './temporal-names.js';
import { imageVersions } from './workers/build-images.js';

/**
 * Runs hello world in every language, as jobs like any other, and prints language, version and time.
 * @throws Error when one does not work.
 */
export async function printHelloTable(
  address: string,
  { namespace, dataConverter }: { namespace: string; dataConverter: DataConverter },
  languages: readonly Language[],
  docker: Docker,
): Promise<void> {
  const connection = await Connection.connect({ address });
  const client = new Client({ connection, namespace, dataConverter });
  console.log(`\n${toRow('language', 'version', 'hello world')}`);
  try {
    for (const language of languages) {
      const version = (await imageVersions(docker, language))?.version ?? 'absent';
      console.log(toRow(language.name, version, `${await timeHello(client, language)} ms`));
    }
  } finally {
    await connection.close();
  }
}

async function timeHello(client: Client, language: Language): Promise<number> {
  const input: JobInput = { code: language.hello, language: language.id, kind: 'sync' };
  const startedAt = performance.now();
  const result: JobResult = await client.workflow.execute(RUN_JOB, {
    workflowId: `hello-${language.id}-${randomUUID()}`,
    taskQueue: JOBS_QUEUE,
    args: [input],
    workflowExecutionTimeout: '2m',
    staticSummary: `${language.id} · hello world of the start`,
    typedSearchAttributes: [{ key: JOB_LANGUAGE, value: language.id }],
  });
  const ms = Math.round(performance.now() - startedAt);
  if (result.status === 'completed' && result.stdout.trim() === 'drill my brain') return ms;
  throw new Error(
    `Hello world in ${language.name} failed (${result.reason ?? result.status}): ${result.stderr}`,
  );
}

function toRow(language: string, version: string, time: string): string {
  return `  ${language.padEnd(12)} ${version.padEnd(12)} ${time.padStart(11)}`;
}
