import { PassThrough } from 'node:stream';
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
  const started = startJobContainer({ docker, watch, options, signal: cancel.signal });
  await expect(started).rejects.toThrow('cancelled');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([...containers]).toEqual([]);
});

test('a job that was cancelled before makes no container', async () => {
  const { docker, containers } = createEngine(() => {});
  const signal = AbortSignal.abort(new Error('cancelled'));
  const started = startJobContainer({ docker, watch, options: { name: 'job-1' }, signal });
  await expect(started).rejects.toThrow('cancelled');
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect([...containers]).toEqual([]);
});

test('a container that somebody pauses has ended for its job, though its stream stays open', async () => {
  const stream = new PassThrough();
  const container = { id: 'c', attach: async () => stream, start: async () => {}, remove: async () => {} };
  const docker = { createContainer: async () => container } as unknown as Docker;
  const paused = new Map<string, () => void>();
  const watch = {
    onPause(id: string, listener: () => void) {
      paused.set(id, listener);
      return () => paused.delete(id);
    },
  };
  const { signal } = new AbortController();
  const started = await startJobContainer({ docker, watch, options: {}, signal });
  paused.get('c')?.();
  await expect(started.ended).rejects.toThrow('somebody paused the container');
  expect(stream.destroyed).toBe(true);
  await started.remove();
  expect(paused.size).toBe(0);
});
