import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { loadConfig } from '../../src/config.js';
import { checkPayloads } from '../../src/doctor/check-payloads.js';
import { CREDENTIALS, startS3, type TestS3 } from '../payloads/start-s3.js';

let s3: TestS3;
beforeAll(async () => {
  s3 = await startS3('payloads');
  for (const [name, value] of Object.entries(CREDENTIALS)) vi.stubEnv(name, value);
}, 180_000);
afterAll(() => s3?.stop());

const check = (bucket: string) =>
  checkPayloads(
    loadConfig({ CONFIG_FILE: '/dev/null', PAYLOADS_BUCKET: bucket, PAYLOADS_ENDPOINT: s3.endpoint }),
  );

test('a bucket that takes payloads is well, one that is not there is a problem', async () => {
  expect(await check('s3://payloads/fleet')).toEqual([
    { level: 'ok', title: 'payloads', text: 's3://payloads/fleet takes payloads and gives them back' },
  ]);
  expect(await check('s3://another')).toMatchObject([
    { level: 'problem', text: expect.stringContaining('s3://another (NoSuchBucket: ') },
  ]);
});

test('so is one that does not answer', async () => {
  await s3.plug.pull();
  expect(await check('s3://payloads/fleet')).toMatchObject([
    { level: 'problem', text: expect.stringContaining('(ECONNREFUSED)') },
  ]);
  await s3.plug.put();
});

test('without a bucket there is nothing to look at', async () => {
  expect(await checkPayloads(loadConfig({ CONFIG_FILE: '/dev/null' }))).toEqual([]);
});
