// Clients that are slow in every way there is: the API cuts them off in time, and serves the others meanwhile.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { HELLO, HOST, head, openRaw, post, type RawConnection, times } from './raw-http.js';
import { hasEnded, KEY, request, submit, untilJob } from './service.js';
import { expectHelloWorld, expectUnharmed } from './unharmed.js';

afterAll(expectHelloWorld);

/** Sends `piece` each `everyMs` until the other side closes, and answers with how long that took. */
async function drip(
  { socket, closed }: RawConnection,
  piece: string | Buffer,
  everyMs: number,
): Promise<number> {
  const started = Date.now();
  let isClosed = false;
  void closed.then(() => {
    isClosed = true;
  });
  while (!isClosed && Date.now() - started < 60_000) {
    if (!socket.destroyed && piece.length > 0) socket.write(piece);
    await Promise.race([sleep(everyMs), closed]);
  }
  return Date.now() - started;
}

const statusesOf = async ({ answers }: RawConnection) => (await answers()).map(({ status }) => status);

/** Each opens a connection, is slow in its own way, and ends when the API has closed it. */
const SLOW: [
  name: string,
  count: number,
  atMostMs: number,
  client: (connection: RawConnection) => Promise<void>,
][] = [
  [
    'nothing is ever sent',
    100,
    15_000,
    async (connection) => {
      await drip(connection, '', 500);
      expect(await statusesOf(connection)).toEqual([408]);
    },
  ],
  [
    'headers line by line',
    200,
    15_000,
    async (connection) => {
      connection.socket.write(`GET /health HTTP/1.1\r\n${HOST}\r\n`);
      await drip(connection, 'X-More: 1\r\n', 500);
      expect(await statusesOf(connection)).toEqual([408]);
    },
  ],
  [
    'a body byte by byte',
    100,
    35_000,
    async (connection) => {
      connection.socket.write(post('/lang/python', KEY, 'Content-Length: 10000'));
      await drip(connection, '#', 500);
      expect(await statusesOf(connection)).toEqual([408]);
    },
  ],
  [
    'a body without end after its refusal',
    5,
    35_000,
    async (connection) => {
      connection.socket.write(post('/jobs', 'wrong', 'Transfer-Encoding: chunked'));
      await drip(connection, `10000\r\n${'x'.repeat(65_536)}\r\n`, 100);
      expect((await statusesOf(connection))[0]).toBe(401);
    },
  ],
  [
    'idle after its answer',
    300,
    10_000,
    async (connection) => {
      connection.socket.write(HELLO);
      await drip(connection, '', 500);
      expect(await statusesOf(connection)).toEqual([200]);
    },
  ],
  [
    'answers that are not read',
    10,
    60_000,
    async (connection) => {
      connection.socket.pause();
      connection.socket.write(head(`GET /jobs/${largeJob} HTTP/1.1`, HOST, `X-API-Key: ${KEY}`).repeat(8));
      await sleep(40_000);
      connection.socket.resume();
      await connection.closed;
      // What the kernel had taken, and no more.
      expect((await connection.answers()).length).toBeLessThan(8);
    },
  ],
];

/** A job whose body is as large as any of one run: 1.5 MB of escapes. */
let largeJob: string;

test('clients that are slow in every way are cut off, and hold up nobody', { timeout: 180_000 }, async () => {
  const code = 'import sys; [f.write("\\0" * 65536) for f in (sys.stdout, sys.stderr)]; sys.exit(1)';
  largeJob = await submit('python', code);
  await untilJob(largeJob, hasEnded);
  expect((await (await request(`/jobs/${largeJob}`)).text()).length).toBeGreaterThan(1.5e6);
  await expectUnharmed(async () => {
    const clients = SLOW.map(async ([name, count, atMostMs, client]) => {
      const started = Date.now();
      await times(count, async () => client(await openRaw()));
      expect(Date.now() - started, name).toBeLessThan(atMostMs);
    });
    const others = async () => {
      for (let i = 0; i < 8; i++) {
        expect(await (await request('/health')).text()).toBe('healthy');
        expect((await request('/jobs')).status).toBe(200);
        await sleep(3_000);
      }
    };
    await Promise.all([...clients, others()]);
  });
});
