import type Docker from 'dockerode';
import { expect, test } from 'vitest';
import { startJobContainer } from '../../src/activities/job-container.js';

/** An engine that makes a container even when whoever asked for it is gone. */
function createEngine(onCreate: () => void) {
  const containers = new Set<string>();
  const docker = {
    createContainer: ({ name, abortSignal }: { name: string; abortSignal: AbortSignal }) =>
      new Promise((resolve, reject) => {
        abortSignal.addEventListener('abort', () => reject(abortSignal.reason));
        setTimeout(() => {
          containers.add(name);
          resolve({ id: name, remove: async () => containers.delete(name) });
        }, 20);
        onCreate();
      }),
  };
  return { docker: docker as unknown as Docker, containers };
}

/** Nobody pauses anything here. */
const watch = { onPause: () => () => {} };

test('a job that is cancelled while its container is made leaves none', async () => {
  const cancel = new AbortController();
  const { docker, containers } = createEngine(() => cancel.abort(new Error('cancelled')));
  const options = { name: 'job-1' };
  const started = startJobContainer({ docker, watch, options, onFrame: () => {}, signal: cancel.signal });
  await expect(started).rejects.toThrow('cancelled');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([...containers]).toEqual([]);
});

test('a job that was cancelled before makes no container', async () => {
  const { docker, containers } = createEngine(() => {});
  const signal = AbortSignal.abort(new Error('cancelled'));
  const started = startJobContainer({ docker, watch, options: { name: 'job-1' }, onFrame: () => {}, signal });
  await expect(started).rejects.toThrow('cancelled');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([...containers]).toEqual([]);
});
