// What lies between our values and Temporal's payloads: encryption, where keys are set, then the store of large ones. Every
// client and worker that has to do with jobs has it.
import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { DataConverter } from '@temporalio/common';
import type { Logger } from 'pino';
import type { Config } from '../config.js';
import type { PayloadsHeld } from '../metrics.js';
import { createEncryptionCodec } from './encryption-codec.js';
import { openPayloadFolder } from './payload-folder.js';
import { readPayloadKeys } from './payload-keys.js';
import { createPayloadStore, type PayloadStore } from './payload-store.js';
import { createStoreCodec } from './store-codec.js';

export type Payloads = {
  encrypted: boolean;
  /** Of clients, and of workers of activities. */
  dataConverter: DataConverter;
  /** Of the workflow worker, whose bundle has converters of ours. */
  ofWorkflows: DataConverter;
  /** Undefined when that cannot be told. */
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
export async function openPayloads(config: Config, log: Logger): Promise<Payloads> {
  const { root, payloads, jobs } = config;
  const { 'key-file': keyFile } = payloads;
  const store = await openStore(config);
  const [first, ...others] = keyFile === undefined ? [] : readPayloadKeys(resolve(root, keyFile));
  const encryption = first === undefined ? [] : [createEncryptionCodec([first, ...others])];
  const failures = first === undefined ? {} : { failureConverterPath: FAILURE_CONVERTER };
  const mostBytes = toBytes(payloads['max-mb']);
  const toConverter = (ofWorkflows: boolean): DataConverter => ({
    ...failures,
    payloadCodecs: [...encryption, createStoreCodec({ store, ofWorkflows, log })],
  });

  let isSweeping = false;
  async function sweep(): Promise<void> {
    if (isSweeping) return;
    isSweeping = true;
    try {
      const removed = await store.sweep(jobs.ttl + LONGEST_JOB_MS);
      if (removed > 0) log.info({ removed }, 'payloads of jobs that are over were removed');
    } catch (error) {
      log.warn({ err: error }, 'the store of payloads could not be swept');
    } finally {
      isSweeping = false;
    }
  }

  return {
    encrypted: first !== undefined,
    dataConverter: toConverter(false),
    ofWorkflows: toConverter(true),
    readHeld: () =>
      store.countBytes().then(
        (bytes) => (bytes === undefined ? undefined : { bytes, mostBytes }),
        () => undefined,
      ),
    startSweeping() {
      void sweep();
      const timer = setInterval(sweep, SWEEP_MS);
      return { stop: () => clearInterval(timer) };
    },
  };
}

/** Opens the store: the bucket that is set, or else a folder. */
export async function openStore({ root, payloads, ...config }: Config): Promise<PayloadStore> {
  const { folder, bucket, endpoint, region, 'max-mb': maxMb } = payloads;
  const mostBytes = toBytes(maxMb);
  if (bucket === undefined) {
    const path = resolve(root, folder ?? `${config['data-folder']}/payloads`);
    return createPayloadStore(openPayloadFolder(path), mostBytes);
  }
  // Its client takes 25 MB of memory: only who has a bucket loads it.
  const { openPayloadBucket } = await import('./payload-bucket.js');
  return createPayloadStore(await openPayloadBucket({ url: bucket, endpoint, region }), mostBytes);
}

const toBytes = (mb: number) => mb * 2 ** 20;

/** Loaded by path, also into the workflows' bundles. */
export const FAILURE_CONVERTER = fileURLToPath(new URL('./failure-converter.js', import.meta.url));
export const PAYLOAD_CONVERTER = fileURLToPath(new URL('./payload-converter.js', import.meta.url));
