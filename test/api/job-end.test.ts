import { WorkflowNotFoundError } from '@temporalio/client';
import { expect, test } from 'vitest';
import { cancelJob } from '../../src/api/job-end.js';

/** A server that answers as told, the last way for ever. */
function createServer(...answers: (Error | undefined)[]) {
  let asked = 0;
  const cancel = async () => {
    const answer = answers[Math.min(asked++, answers.length - 1)];
    if (answer) throw answer;
  };
  return { cancel, asked: () => asked };
}

test('a job is cancelled by the first call that gets through', async () => {
  const { cancel, asked } = createServer(new Error('away'), new Error('away'), undefined);
  await cancelJob(cancel);
  expect(asked()).toBe(3);
});

test('a job that has ended meanwhile needs no cancelling', async () => {
  const { cancel, asked } = createServer(new WorkflowNotFoundError('ended', 'id', undefined));
  await cancelJob(cancel);
  expect(asked()).toBe(1);
});

test('a server that stays away is not asked for ever', async () => {
  const { cancel, asked } = createServer(new Error('away'));
  await cancelJob(cancel);
  expect(asked()).toBe(10);
});
