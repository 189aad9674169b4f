// The contract's rows over HTTP: what the seed's users do, and what they do wrong.
import { request as httpRequest } from 'node:http';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { jobListSchema } from '../../src/api/job-schemas.js';
import {
  checkLeaksAfterEach,
  getJob,
  hasEnded,
  type JobBody,
  KEY,
  OTHER_KEY,
  request,
  runCode,
  service,
  submit,
  untilJob,
} from './service.js';

checkLeaksAfterEach();

const HELLO = "print('Hello World')";
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const RFC3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;

async function text(response: Response): Promise<[number, string, string]> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0] as string;
  return [response.status, type, await response.text()];
}

const plain = (status: number, body: string) => [status, 'text/plain', body];

describe('running synchronously', () => {
  test('a program’s standard output is the answer, as plain text', async () => {
    const response = await request('/lang/python', {
      body: HELLO,
      headers: { 'Content-Type': 'text/plain' },
    });
    expect(response.headers.get('x-job-id')).toMatch(UUID);
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
    expect(await text(response)).toEqual(plain(200, 'Hello World\n'));
  });

  test('curl’s own content type and a language in capitals do no harm', async () => {
    const headers = { 'Content-Type': 'application/x-www-form-urlencoded' };
    expect(await text(await request('/lang/PYTHON', { body: HELLO, headers }))).toEqual(
      plain(200, 'Hello World\n'),
    );
  });

  test('without standard output the answer is standard error, whatever the exit code', async () => {
    const body = 'import sys; print("oops", file=sys.stderr); sys.exit(3)';
    expect(await text(await request('/lang/python', { body }))).toEqual(plain(200, 'oops\n'));
  });

  test('a program over its time limit is told so', async () => {
    const answer = await text(await request('/lang/perl', { body: 'while (1) {}' }));
    expect(answer).toEqual(plain(200, 'The process was aborted because it exceeded the timeout'));
  });

  test('a program over its memory limit is told so', async () => {
    const answer = await text(await request('/lang/python', { body: 'x = bytearray(200_000_000)' }));
    expect(answer).toEqual(plain(200, 'The process was aborted because it exceeded the memory usage'));
  });

  test('a program that prints too much is told so', async () => {
    const answer = await text(await request('/lang/python', { body: 'while True: print("x" * 1000)' }));
    expect(answer).toEqual(
      plain(200, 'the code is generating too large output, try reducing logs or printing'),
    );
  });

  test('whoever asks for JSON gets the whole job', async () => {
    const job = await runCode(
      'python',
      'import sys; print("out"); print("err", file=sys.stderr); sys.exit(3)',
    );
    expect(Object.keys(job)).toEqual([
      ...['job_id', 'language', 'status', 'output', 'error', 'created_at', 'started_at', 'completed_at'],
      ...['execution_duration_ms', 'reason', 'stdout', 'stderr', 'exit_code', 'signal', 'truncated'],
      ...['cpu_time_ms', 'memory_bytes', 'attempt', 'queued_ms', 'verdict', 'labels'],
    ]);
    expect(job).toMatchObject({
      language: 'python',
      status: 'failed',
      reason: 'exit_code',
      output: 'out\n',
      error: 'err\n',
      exit_code: 3,
      signal: null,
      truncated: false,
      attempt: 1,
    });
    for (const time of [job.created_at, job.started_at, job.completed_at]) expect(time).toMatch(RFC3339);
    expect(job.execution_duration_ms).toBe(
      Date.parse(job.completed_at ?? '') - Date.parse(job.started_at ?? ''),
    );
    expect(job.memory_bytes).toBeGreaterThan(1_000_000);
  });

  test('a program that ends by a signal says which', async () => {
    const job = await runCode('python', 'import os; os.kill(os.getpid(), 11)');
    expect(job).toMatchObject({ status: 'failed', reason: 'signal', signal: 'SIGSEGV', exit_code: null });
    expect(job.error).toBe('Process was terminated by signal SIGSEGV');
  });

  test('bytes that are no UTF-8 are replaced in what is told, and nothing breaks', async () => {
    const job = await runCode('python', 'import sys; sys.stdout.buffer.write(b"a\\xff\\x00b\\n")');
    expect(job).toMatchObject({ status: 'completed', output: 'a\ufffd\u0000b\n' });
  });

  test('the largest source that is allowed runs', async () => {
    const code = `print("${'x'.repeat(49_000)}")`;
    expect((await runCode('python', code)).output).toBe(`${'x'.repeat(49_000)}\n`);
  });

  test('four callers at once each get their own answer', async () => {
    const answers = await Promise.all([1, 2, 3, 4].map((n) => runCode('python', `print(${n} * 1000)`)));
    expect(answers.map(({ output }) => output)).toEqual(['1000\n', '2000\n', '3000\n', '4000\n']);
  });
});

describe('running as a job', () => {
  test('a job is accepted, found, listed, and ends in the seed’s shape', async () => {
    const response = await request('/jobs', {
      body: JSON.stringify({ code: 'print("Hello World")', language: 'python' }),
      headers: { 'Content-Type': 'application/json' },
    });
    const raw = await response.text();
    const { job_id: id } = JSON.parse(raw) as JobBody;
    expect(raw).toBe(`{\n  "job_id": "${id}",\n  "status": "queued"\n}`);
    expect(response.headers.get('location')).toBe(`/jobs/${id}`);
    expect(id).toMatch(UUID);

    const job = await untilJob(id, hasEnded);
    expect(job).toMatchObject({ job_id: id, status: 'completed', output: 'Hello World\n', error: null });
    const list = jobListSchema.parse(await (await request('/jobs?limit=1&offset=0')).json());
    expect(list.jobs[0]).toEqual({
      job_id: id,
      language: 'python',
      status: 'completed',
      created_at: job.created_at,
      completed_at: job.completed_at,
      execution_duration_ms: job.execution_duration_ms,
    });
    expect(list.pagination).toMatchObject({ limit: 1, offset: 0, total: expect.any(Number) });
  });

  test('a job that runs says so, to whoever asks and in the list', async () => {
    const id = await submit('python', 'import time; time.sleep(2.5)');
    const running = await untilJob(id, ({ status }) => status === 'running');
    expect(running.started_at).toMatch(RFC3339);
    expect(running).toMatchObject({ completed_at: null, output: null, error: null });
    const ended = await untilJob(id, hasEnded);
    expect(ended.execution_duration_ms).toBeGreaterThanOrEqual(2_500);
  });

  test('a job is in the list, and counted, as soon as it is accepted', async () => {
    const read = async () =>
      (await (await request('/jobs?limit=100')).json()) as { jobs: JobBody[]; pagination: { total: number } };
    const { pagination } = await read();
    const ids = await Promise.all([1, 2, 3].map((n) => submit('python', `print(${n})`)));
    const after = await read();
    expect(after.pagination.total).toBe(pagination.total + 3);
    expect(
      after.jobs
        .slice(0, 3)
        .map(({ job_id }) => job_id)
        .toSorted(),
    ).toEqual(ids.toSorted());
    await Promise.all(ids.map((id) => untilJob(id, hasEnded)));
    const ended = (await read()).jobs.filter(({ job_id }) => ids.includes(job_id));
    expect(ended.map(({ status }) => status)).toEqual(['completed', 'completed', 'completed']);
  });

  test('a list can be of one status or one language', async () => {
    await runCode('perl', 'exit 3');
    await runCode('perl', 'print "fine"');
    const read = async (query: string) =>
      ((await (await request(`/jobs?limit=100&${query}`)).json()) as { jobs: JobBody[] }).jobs;
    for (const job of await read('status=failed')) expect(job.status).toBe('failed');
    const [newest, second] = await read('language=pl');
    expect([newest?.language, newest?.status, second?.language, second?.status]).toEqual([
      'perl',
      'completed',
      'perl',
      'failed',
    ]);
    expect((await read('language=pl&status=failed'))[0]?.job_id).toBe(second?.job_id);
  });

  test('somebody else’s job is unknown, and not in one’s list', async () => {
    const id = await submit('python', HELLO);
    await untilJob(id, hasEnded);
    const response = await request(`/jobs/${id}`, { key: OTHER_KEY });
    expect(response.status).toBe(404);
    expect(await response.json()).toEqual({ error: 'Job not found', job_id: id });
    const list = (await (await request('/jobs?limit=100', { key: OTHER_KEY })).json()) as { jobs: JobBody[] };
    expect(list.jobs.map(({ job_id }) => job_id)).not.toContain(id);
  });

  test.each(['nonsense', '550e8400-e29b-41d4-a716-446655440000', 'x'.repeat(500), '%00', "a' OR '1'='1"])(
    'an unknown id (%s) is not found',
    async (id) => {
      const response = await request(`/jobs/${id.startsWith('%') ? id : encodeURIComponent(id)}`);
      expect(response.status).toBe(404);
      expect(await response.json()).toEqual({ error: 'Job not found', job_id: decodeURIComponent(id) });
    },
  );

  test.each([
    ['limit=abc', "The query parameter 'limit' was malformed:"],
    ['limit=-1', "The query parameter 'limit' was malformed:"],
    ['limit=1.5', "The query parameter 'limit' was malformed:"],
    ['limit=1&limit=2', "The query parameter 'limit' was malformed:"],
    ['offset=', "The query parameter 'offset' was malformed:"],
    ['status=done', "The query parameter 'status' was malformed:"],
    ['language=klingon', "The query parameter 'language' was malformed:"],
  ])('a list with %s is refused', async (query, beginning) => {
    const [status, type, body] = await text(await request(`/jobs?${query}`));
    expect([status, type]).toEqual([400, 'text/plain']);
    expect(body.startsWith(beginning)).toBe(true);
  });
});

describe('keys', () => {
  test.each([
    ['no key', null, {}, '', 'API key required. Provide X-API-Key header or api_key parameter'],
    ['an unknown key', 'wrong', {}, '', 'Invalid API key'],
    ['an unknown key in the query', null, {}, '?api_key=wrong', 'Invalid API key'],
    ['an unknown header before a known parameter', 'wrong', {}, `?api_key=${KEY}`, 'Invalid API key'],
    [
      'another scheme',
      null,
      { Authorization: `Basic ${KEY}` },
      '',
      'API key required. Provide X-API-Key header or api_key parameter',
    ],
  ])('%s is refused on every route that needs one', async (_, key, headers, query, body) => {
    for (const [method, path] of [
      ['POST', '/lang/python'],
      ['POST', '/jobs'],
      ['GET', '/jobs'],
      ['GET', '/jobs/x'],
    ] as const) {
      expect(await text(await request(`${path}${query}`, { method, key, headers }))).toEqual(
        plain(401, body),
      );
    }
  });

  test.each([
    ['header X-API-Key', { 'X-API-Key': KEY }, ''],
    ['header Authorization', { Authorization: `Bearer ${KEY}` }, ''],
    ['parameter api_key', {}, `?api_key=${KEY}`],
  ])('a key is taken from %s', async (_, headers, query) => {
    const response = await request(`/jobs${query}`, {
      key: null,
      headers: headers as Record<string, string>,
    });
    expect(response.status).toBe(200);
  });
});

describe('bad input gets a clear answer and starts nothing', () => {
  const bad = "Invalid request body. Expected JSON with 'code' and 'language' fields.";

  test.each([
    ['an empty body', '/lang/python', '', 400, 'Code cannot be empty'],
    ['invalid UTF-8', '/lang/python', Buffer.from([0x70, 0xff, 0xfe]), 400, 'Code is not valid UTF-8'],
    [
      'ten megabytes',
      '/lang/python',
      Buffer.alloc(10_485_760, 'x'),
      400,
      'Code size exceeds maximum of 100 KB (got 10240 KB)',
    ],
    ['ten megabytes in no language', '/lang/x', Buffer.alloc(10_485_760), 400, 'Unsupported language: x.'],
    [
      'an unknown language',
      '/lang/brainfuck',
      '+',
      400,
      'Unsupported language: brainfuck. Supported: java, python, ruby, perl, javascript, php',
    ],
    ['a dangerous pattern', '/lang/python', 'wget', 400, 'Code contains potentially dangerous pattern: wget'],
    ['no JSON', '/jobs', 'print(1)', 400, bad],
    ['JSON that is no object', '/jobs', '[]', 400, bad],
    ['JSON null', '/jobs', 'null', 400, bad],
    ['no body', '/jobs', '', 400, bad],
    ['no code', '/jobs', '{"language": "python"}', 400, bad],
    ['no language', '/jobs', '{"code": "print(1)"}', 400, bad],
    ['code that is no text', '/jobs', '{"code": 1, "language": "python"}', 400, bad],
    [
      'a lone surrogate',
      '/jobs',
      '{"code": "\\ud800", "language": "python"}',
      400,
      'Code is not valid Unicode',
    ],
    [
      'an unknown field',
      '/jobs',
      '{"code": "1", "language": "python", "cpus": 9}',
      400,
      'Invalid request body. Unrecognized key: "cpus".',
    ],
    [
      'more than ten megabytes of JSON',
      '/jobs',
      Buffer.alloc(10_485_761, '['),
      413,
      'Request body exceeds maximum of',
    ],
    ['deep JSON', '/jobs', '['.repeat(300_000), 400, bad],
  ])('%s', async (_, path, body, status, message) => {
    const before = await countJobs();
    const [seen, type, answer] = await text(await request(path, { method: 'POST', body: body as string }));
    expect([seen, type]).toEqual([status, 'text/plain']);
    expect(answer.startsWith(message), answer).toBe(true);
    expect(await countJobs()).toBe(before);
  });

  test('a gzip bomb is cut at the limit', async () => {
    const body = gzipSync(Buffer.alloc(50_000_000, 'x'));
    const response = await request('/lang/python', { body, headers: { 'Content-Encoding': 'gzip' } });
    expect(response.status).toBe(400);
    expect(await response.text()).toMatch(/^Code size exceeds maximum of 100 KB/);
  });

  test('a body without a length is cut at the limit', async () => {
    const { hostname, port } = new URL(service.apiUrl);
    const [status, answer] = await new Promise<[number | undefined, string]>((resolve, reject) => {
      const options = { hostname, port, path: '/lang/python', method: 'POST', headers: { 'X-API-Key': KEY } };
      const sent = httpRequest(options, (response) => {
        let body = '';
        response.on('data', (chunk) => (body += chunk)).on('end', () => resolve([response.statusCode, body]));
      });
      sent.on('error', reject);
      for (let i = 0; i < 32; i++) sent.write(Buffer.alloc(10_000, 'x'));
      sent.end();
    });
    expect(status).toBe(400);
    expect(answer).toMatch(/^Code size exceeds maximum of 100 KB/);
  });

  async function countJobs(): Promise<number> {
    const { pagination } = (await (await request('/jobs')).json()) as { pagination: { total: number } };
    return pagination.total;
  }
});

describe('everything else', () => {
  test('health and readiness are plain text and need no key', async () => {
    expect(await text(await request('/health', { key: null }))).toEqual(plain(200, 'healthy'));
    expect(await text(await request('/ready', { key: null }))).toEqual(plain(200, 'ready (2 members)'));
  });

  test('an unknown path is not found', async () => {
    expect(await text(await request('/nothing'))).toEqual(
      plain(404, 'The requested resource could not be found.'),
    );
  });

  test.each([
    ['DELETE', '/health', 'GET'],
    ['GET', '/lang/python', 'POST'],
    ['PUT', '/jobs', 'GET, POST'],
    ['PATCH', '/jobs/x', 'GET'],
  ])('%s %s names the methods that are allowed', async (method, path, allowed) => {
    const response = await request(path, { method });
    expect(response.headers.get('allow')).toBe(allowed);
    expect(await text(response)).toEqual(
      plain(405, `HTTP method not allowed, supported methods: ${allowed}`),
    );
  });

  test('a job that ended is answered the same each time', async () => {
    const id = await submit('python', HELLO);
    await untilJob(id, hasEnded);
    expect(await getJob(id)).toEqual(await getJob(id));
  });
});
