// Payloads as objects of a bucket, at S3 or what speaks its API. Only requests that all of them know are made, and credentials come
// from where Amazon's own tools look for them.
// An object has the hour in which it was put in its name. A bucket has no rename, so what is old could be put again between a last look
// at it and its removal; in an hour that is long over, nothing is put any more.
import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { isHash, type PayloadPlace, unreadable } from './payload-place.js';

export type BucketOptions = {
  /** s3://bucket or s3://bucket/prefix. */
  url: string;
  /** Of a server that is not Amazon's. */
  endpoint?: string | undefined;
  region?: string | undefined;
  /** Of one answer with names. */
  pageLength?: number;
};

/** Less than the 5 s after which Temporal takes an activity for dead that only waits for its input. */
const CALL_MS = 4_000;
const CONNECT_MS = 1_000;
const SILENCE_MS = 2_000;
/** Within the time of one call, at growing intervals of less than half a second. */
const TRIES = 4;

const COUNTED_FOR_MS = 30_000;
const REMOVED_AT_ONCE = 16;

const HOUR_MS = 3_600_000;

/**
 * Opens the bucket, which is asked for nothing yet.
 * @throws Error that names the setting that is missing.
 */
export async function openPayloadBucket({
  url,
  endpoint,
  region,
  pageLength = 1_000,
}: BucketOptions): Promise<PayloadPlace> {
  const [, bucket = '', path = ''] = /^s3:\/\/([^/]+)\/?(.*)$/.exec(url) ?? [];
  const prefix = path === '' ? '' : `${path}/`;
  const client = await connect(endpoint, region);
  const keyOf = (name: string) => ({ Bucket: bucket, Key: `${prefix}${name}` });

  return {
    name: url,
    countedForMs: COUNTED_FOR_MS,
    isSlowToCount: true,

    // Writing it again is what begins its time, and takes no more requests than to look.
    renew: async () => false,

    async write(sha256, bytes) {
      const hour = Math.floor(Date.now() / HOUR_MS);
      const key = keyOf(toName(hour, sha256));
      const command = new PutObjectCommand({ ...key, Body: bytes, ContentLength: bytes.length });
      await withinTime((abortSignal) => client.send(command, { abortSignal }));
      return hour;
    },

    read: ({ sha256, bytes, hour }) =>
      withinTime(async (abortSignal) => {
        if (hour === undefined) throw unreadable(sha256, 'it is in no bucket');
        const object = await client
          .send(new GetObjectCommand(keyOf(toName(hour, sha256))), { abortSignal })
          .catch((error: Error) => {
            throw error.name === 'NoSuchKey' ? unreadable(sha256, error.name) : error;
          });
        if (object.ContentLength !== bytes) {
          (object.Body as { destroy?(): void } | undefined)?.destroy?.();
          throw unreadable(sha256, 'another size');
        }
        return Buffer.from((await object.Body?.transformToByteArray()) ?? []);
      }),

    async countBytes() {
      let sum = 0;
      for await (const objects of pages()) for (const { bytes } of objects) sum += bytes;
      return sum;
    },

    async sweep(before) {
      let removed = 0;
      for await (const objects of pages()) {
        const old = objects.filter(({ hour }) => (hour + 1) * HOUR_MS <= before);
        for (let from = 0; from < old.length; from += REMOVED_AT_ONCE) {
          const some = old.slice(from, from + REMOVED_AT_ONCE);
          await Promise.all(some.map(({ name }) => remove(name)));
          removed += some.length;
        }
      }
      return removed;
    },
  };

  /** Our objects, page by page; whatever else lies there is left alone. */
  async function* pages(): AsyncGenerator<{ name: string; hour: number; bytes: number }[]> {
    let ContinuationToken: string | undefined;
    do {
      const command = new ListObjectsV2Command({
        ...{ Bucket: bucket, Prefix: prefix, Delimiter: '/', MaxKeys: pageLength },
        ...(ContinuationToken === undefined ? {} : { ContinuationToken }),
      });
      const page = await withinTime((abortSignal) => client.send(command, { abortSignal }));
      yield (page.Contents ?? []).flatMap(({ Key = '', Size: bytes = 0 }) => {
        const name = Key.slice(prefix.length);
        const hour = hourOf(name);
        return hour === undefined ? [] : [{ name, hour, bytes }];
      });
      ContinuationToken = page.NextContinuationToken;
    } while (ContinuationToken !== undefined);
  }

  /** Of one that is not there any more, because another process sweeps too, a bucket says the same. */
  async function remove(name: string): Promise<void> {
    const command = new DeleteObjectCommand(keyOf(name));
    await withinTime((abortSignal) => client.send(command, { abortSignal }));
  }
}

const toName = (hour: number, sha256: string) => `${hour}-${sha256}`;

/** Undefined for what is no payload's name. */
function hourOf(name: string): number | undefined {
  const [, hour, hash = ''] = /^(\d{1,7})-(.*)$/.exec(name) ?? [];
  return isHash(hash) ? Number(hour) : undefined;
}

async function connect(endpoint: string | undefined, region: string | undefined): Promise<S3Client> {
  // Other servers have one region, as a rule, and call it this or do not ask.
  const named = region ?? (endpoint === undefined ? undefined : process.env.AWS_REGION || 'us-east-1');
  const client = new S3Client({
    ...(named === undefined ? {} : { region: named }),
    ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
    maxAttempts: TRIES,
    // Other servers do not know all of the newer checksums, and ours is the name.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    expectContinueHeader: false,
    requestHandler: { connectionTimeout: CONNECT_MS, socketTimeout: SILENCE_MS },
  });
  await client.config.region().catch(() => {
    throw new Error('payloads.region: must be set for payloads.bucket, or AWS_REGION.');
  });
  return client;
}

/** Whatever the client waits for, the answer's body and its credentials too. */
async function withinTime<T>(call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const controller = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Error(`no answer within ${CALL_MS / 1000} s`));
      controller.abort();
    }, CALL_MS);
  });
  try {
    return await Promise.race([call(controller.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
