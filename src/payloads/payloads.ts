// What lies between our values and Temporal's payloads: encryption, where keys are set, then the store of large ones. Every
// client and worker that has to do with jobs has it.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { PayloadsHeld } from '../metrics.js';
import { createEncryptionCodec } from './encryption-codec.js';
import { readPayloadKeys } from './payload-keys.js';
import { openPayloadStore } from './payload-store.js';
import { createStoreCodec } from './store-codec.js';

export type Payloads = {
  encrypted: boolean;
  /** Of clients, and of workers of activities. */
  dataConverter: DataConverter;
  /** Of the workflow worker, whose bundle has converters of ours. */
  ofWorkflows: DataConverter;
  /** Undefined when the folder cannot be read. */
  readHeld(): Promise<PayloadsHeld | undefined>;
  /** Removes what no job needs any more, now and from time to time. */
  startSweeping(): { stop(): void };
};

/** A job's workflow has half of that; one from Temporal's CLI lasts as long as its three attempts wait for runners. */
const LONGEST_JOB_MS = 60 * 60_000;

const SWEEP_MS = 3 * 60_000;

/**
 * Opens the store and reads the keys that the settings name.
 * @throws Error that names the setting that cannot be used.
 */
export function openPayloads({ root, payloads, jobs, ...config }: Config, log: Logger): Payloads {
  const { folder, 'max-mb': maxMb, 'key-file': keyFile } = payloads;
  const store = openPayloadStore(resolve(root, folder ?? `${config['data-folder']}/payloads`));
  const [first, ...others] = keyFile === undefined ? [] : readPayloadKeys(resolve(root, keyFile));
  const encryption = first === undefined ? [] : [createEncryptionCodec([first, ...others])];
  const failures = first === undefined ? {} : { failureConverterPath: FAILURE_CONVERTER };
  const mostBytes = maxMb * 2 ** 20;
  const toConverter = (ofWorkflows: boolean): DataConverter => ({
    ...failures,
    payloadCodecs: [...encryption, createStoreCodec({ store, mostBytes, ofWorkflows, log })],
  });

  async function sweep(): Promise<void> {
    try {
      const removed = await store.sweep(jobs.ttl + LONGEST_JOB_MS);
      if (removed > 0) log.info({ removed }, 'payloads of jobs that are over were removed');
    } catch (error) {
      log.warn({ err: error }, 'the store of payloads could not be swept');
    }
  }

  return {
    encrypted: first !== undefined,
    dataConverter: toConverter(false),
    ofWorkflows: toConverter(true),
    readHeld: () =>
      store.countBytes().then(
        (bytes) => ({ bytes, mostBytes }),
        () => undefined,
      ),
    startSweeping() {
      void sweep();
      const timer = setInterval(sweep, SWEEP_MS);
      return { stop: () => clearInterval(timer) };
    },
  };
}

/** Loaded by path, also into the workflows' bundles. */
export const FAILURE_CONVERTER = fileURLToPath(new URL('./failure-converter.js', import.meta.url));
export const PAYLOAD_CONVERTER = fileURLToPath(new URL('./payload-converter.js', import.meta.url));
