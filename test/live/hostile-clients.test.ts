// Clients that are many, greedy, guessing, gone or several on one connection: the API keeps its memory and serves the others.
import { readFileSync } from 'node:fs';
import { Agent, request as httpRequest } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, expect, test } from 'vitest';
import { jobBodySchema } from '../../src/api/job-schemas.js';
import { HELLO, HOST, head, openRaw, post, type RawConnection, run, sendRaw, times } from './raw-http.js';
import { growth, scrape } from './scrape.js';
import { hasEnded, type JobBody, KEY, OTHER_KEY, request, service, submit, untilJob } from './service.js';
import { countJobs, expectHelloWorld, expectUnharmed, withinMemory } from './unharmed.js';

afterAll(expectHelloWorld);

test('of more connections than are allowed the last are closed at once, and the others served', async () => {
  const allowed = 1_000;
  await expectUnharmed(async () => {
    const connections = await times(allowed + 50, openRaw);
    try {
      await sleep(1_000);
      const closed = connections.filter(({ socket }) => socket.destroyed);
      expect(closed.length).toBeGreaterThanOrEqual(50);
      expect(closed.length).toBeLessThan(100);
      const open = connections.find(({ socket }) => !socket.destroyed) as RawConnection;
      open.socket.write(HELLO);
      expect((await open.answers(1))[0]?.body).toBe('healthy');
    } finally {
      for (const { socket } of connections) socket.destroy();
    }
    await sleep(500);
  });
});

test.each([
  [
    '10 GB of source',
    '/lang/python',
    'Content-Length: 10737418240',
    400,
    'Code size exceeds maximum of 100 KB (got 10485760 KB)',
  ],
  [
    '10 GB of JSON',
    '/jobs',
    'Content-Length: 10737418240',
    413,
    'Request body exceeds maximum of 10485760 bytes',
  ],
  [
    'chunks without end',
    '/lang/python',
    'Transfer-Encoding: chunked',
    400,
    'Code size exceeds maximum of 100 KB (got 1',
  ],
])('%s is refused before it has come', async (_, path, header, status, text) => {
  await expectUnharmed(async () => {
    const { socket, answers } = await openRaw();
    socket.write(post(path, KEY, header));
    const chunk = `4000\r\n${'#'.repeat(16_384)}\r\n`;
    for (let i = 0; i < 7; i++) socket.write(chunk);
    const [answer] = await answers(1);
    socket.destroy();
    expect([answer?.status, answer?.body.slice(0, text.length)]).toEqual([status, text]);
  });
});

test('bodies of 9 MB that never end take the memory that they may, however many they are, and small ones are read', async () => {
  await expectUnharmed(async () => {
    const connections = await times(60, openRaw);
    const part = Buffer.alloc(9 * 2 ** 20, ' ');
    try {
      for (const [n, { socket }] of connections.entries()) {
        socket.write(post('/jobs', n % 2 ? KEY : OTHER_KEY, 'Content-Length: 9999999'));
        socket.write(part);
      }
      await sleep(4_000);
      const answers = await Promise.all(connections.map(({ received }) => received().slice(0, 12)));
      const refused = answers.filter((answer) => answer === 'HTTP/1.1 503');
      expect(refused.length + answers.filter((answer) => answer === '').length).toBe(60);
      // 128 MB of them are held.
      expect(60 - refused.length).toBeLessThan(16);
      expect(60 - refused.length).toBeGreaterThan(8);
      expect((await request('/jobs', { body: '{' })).status).toBe(400);
    } finally {
      for (const { socket } of connections) socket.destroy();
    }
    await sleep(500);
  });
});

test('requests of two callers on one connection get their own answers, in order', async () => {
  const mine = await submit('python', 'print("mine")');
  await untilJob(mine, hasEnded);
  const theirs = (path: string, key: string) => head(`GET ${path} HTTP/1.1`, HOST, `X-API-Key: ${key}`);
  const requests = [
    run('import time; time.sleep(1); print("first")'),
    run('print("second")', OTHER_KEY),
    theirs(`/jobs/${mine}`, OTHER_KEY),
    theirs(`/jobs/${mine}`, KEY),
    theirs('/jobs', 'wrong-key'),
    HELLO,
  ];
  const { socket, answers } = await openRaw();
  socket.write(requests.join(''));
  const got = await answers(requests.length);
  socket.destroy();
  expect(got.map(({ status }) => status)).toEqual([200, 200, 404, 200, 401, 200]);
  expect(
    got.map(({ body }) => body.match(/first|second|Job not found|mine|Invalid API key|healthy/)?.[0]),
  ).toEqual([...['first', 'second', 'Job not found', 'mine', 'Invalid API key', 'healthy']]);
});

test('connections that are reset in the middle of anything end no process', async () => {
  const beginnings = [
    '',
    'GET',
    HELLO,
    HELLO.repeat(8),
    'nonsense\r\n\r\n',
    head('CONNECT x:1 HTTP/1.1', HOST),
  ];
  await expectUnharmed(async () => {
    for (const beginning of [...beginnings, post('/jobs', KEY, 'Content-Length: 9')]) {
      await times(30, async (n) => {
        const { socket } = await openRaw();
        socket.write(beginning);
        await sleep(n);
        socket.resetAndDestroy();
      });
    }
  });
});

test('garbage behind a request is not answered in its place', async () => {
  const jobs = await countJobs();
  const { socket, answers } = await openRaw();
  socket.write(run('import time; time.sleep(3); print("late")'));
  while ((await countJobs()) === jobs) await sleep(50);
  socket.write('\0garbage\r\n\r\n');
  expect(await answers()).toEqual([]);
  socket.destroy();
});

test('of more than eight requests at once on one connection the ninth is refused, and it is closed', async () => {
  await expectUnharmed(async () => {
    const answers = await sendRaw(HELLO.repeat(500));
    expect(answers.map(({ status }) => status)).toEqual([...Array(8).fill(200), 429]);
    expect(answers[8]?.body).toBe('More than 8 requests at once on one connection');
  });
});

test('three thousand wrong keys are each refused, cost little, and are not in the log', {
  timeout: 180_000,
}, async () => {
  const agent = new Agent({ keepAlive: true, maxSockets: 5 });
  const { hostname, port } = new URL(service.apiUrl);
  const guess = (n: number) =>
    new Promise<number | undefined>((resolve, reject) => {
      const key = `guessed-key-${n}`;
      const byQuery = n % 3 === 0;
      const options = { agent, hostname, port, path: byQuery ? `/jobs?api_key=${key}` : '/jobs' };
      const headers =
        n % 3 === 1 ? { 'X-API-Key': key } : n % 3 === 2 ? { Authorization: `Bearer ${key}` } : {};
      httpRequest({ ...options, headers }, (response) => {
        response.resume().on('end', () => resolve(response.statusCode));
      })
        .on('error', reject)
        .end();
    });
  const before = await scrape(service.apiUrl);
  await expectUnharmed(async () => {
    const guesses = times(3_000, guess);
    const valid = times(20, async (n) => {
      await sleep(50 * n);
      return (await request('/jobs')).status;
    });
    expect(new Set(await guesses)).toEqual(new Set([401]));
    expect(await valid).toEqual(Array(20).fill(200));
  });
  agent.destroy();
  expect(growth(before, await scrape(service.apiUrl), 'braindrill_auth_failures_total')).toEqual({
    '': 3_000,
  });
  const log = readFileSync(`${service.dataFolder}/api.log`, 'utf8');
  expect(log).toContain('"path":"/jobs"');
  expect(log).not.toContain('guessed-key');
});

test('sixty waiting calls that are hung up at once are all cancelled, those in a row too', {
  timeout: 180_000,
}, async () => {
  const before = await countJobs();
  const began = new Date().toISOString();
  await withinMemory(async () => {
    const connections = await times(40, openRaw);
    // Of ten of them three at once: only the first has its turn to be answered.
    for (const [n, { socket }] of connections.entries())
      socket.write(run('while True: pass').repeat(n < 10 ? 3 : 1));
    // On a busy machine Temporal may not take them all in time.
    const deadline = Date.now() + 5_000;
    while ((await countJobs()) < before + 60 && Date.now() < deadline) await sleep(50);
    for (const { socket } of connections) socket.destroy();
    const hungUp = Date.now();
    const list = (await (await request('/jobs?limit=100&language=python')).json()) as { jobs: JobBody[] };
    const ids = list.jobs.filter(({ created_at }) => created_at >= began).map(({ job_id }) => job_id);
    const ended = await Promise.all(ids.map(untilEnded));
    // A few may have come to their time limit before; of what was hung up on none runs to it.
    const others = ended.filter(({ reason }) => reason !== 'cancelled');
    const late = others.filter(({ completed_at }) => Date.parse(completed_at ?? '') > hungUp + 2_000);
    expect(late.map(({ job_id, status, reason }) => [job_id, status, reason])).toEqual([]);
    expect(ended.length - others.length).toBeGreaterThan(20);
  });
});

/** The job once it has ended; an answer that a busy machine could not give in time is asked for again. */
async function untilEnded(id: string): Promise<JobBody> {
  for (const deadline = Date.now() + 90_000; Date.now() < deadline; await sleep(200)) {
    const response = await request(`/jobs/${id}`);
    const job = response.status === 200 ? jobBodySchema.parse(await response.json()) : undefined;
    if (job && hasEnded(job)) return job;
  }
  throw new Error(`job ${id} has not ended`);
}
