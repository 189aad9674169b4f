import { proxyActivities } from '@temporalio/workflow';

const { nothing } = proxyActivities<{ nothing(): Promise<void> }>({
  taskQueue: 'bench-run',
  startToCloseTimeout: '10s',
});

/** The least that a durable job can be: one workflow with one remote activity that does nothing. */
export async function noop(): Promise<string> {
  await nothing();
  return 'done';
}
