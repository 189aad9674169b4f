// Rows of the contract that http.test.ts does not walk already, each a test of its own, in the contract's order.
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, test } from 'vitest';
import { jobBodySchema, jobListSchema } from '../../src/api/job-schemas.js';
import {
  busyContainers,
  checkLeaksAfterEach,
  docker,
  getJob,
  hasEnded,
  KEY,
  OTHER_KEY,
  request,
  runCode,
  submit,
  untilJob,
} from './service.js';

checkLeaksAfterEach();

const PROD_KEY = 'prod-key-67890';
const BOTH = 'import sys; print("out"); print("err", file=sys.stderr); sys.exit(3)';

async function answer(response: Response): Promise<[number, string, string]> {
  const type = (response.headers.get('content-type') ?? '').split(';')[0] as string;
  return [response.status, type, await response.text()];
}

const plain = (status: number, body: string) => [status, 'text/plain', body];

describe('POST /lang/{language}', () => {
  test('program ran, any exit code: stdout if it is not empty', async () => {
    expect(await answer(await request('/lang/python', { body: BOTH }))).toEqual(plain(200, 'out\n'));
  });

  test('memory limit', async () => {
    const body = 'x = bytearray(200_000_000)';
    expect(await answer(await request('/lang/python', { body }))).toEqual(
      plain(200, 'The process was aborted because it exceeded the memory usage'),
    );
  });

  test('the platform failed (after retries)', { timeout: 90_000 }, async () => {
    let answered = false;
    const response = request('/lang/python', { body: 'import time; time.sleep(4)' }).finally(() => {
      answered = true;
    });
    while (!answered) {
      for (const name of await busyContainers()) {
        await docker
          .getContainer(name.slice(1))
          .remove({ force: true })
          .catch(() => {});
      }
      await sleep(100);
    }
    const failed = await response;
    expect(failed.headers.get('retry-after')).toMatch(/^[1-9]\d*$/);
    expect(await answer(failed)).toEqual(plain(503, 'something went wrong'));
  });

  test.each([
    'text/plain; charset=latin1',
    'application/json',
    'application/octet-stream',
    'multipart/form-data',
  ])('the body is the source as UTF-8, whatever its Content-Type says (%s)', async (type) => {
    const body = Buffer.from('print("grüße 🎓")');
    const response = await request('/lang/python', { body, headers: { 'Content-Type': type } });
    expect(await answer(response)).toEqual(plain(200, 'grüße 🎓\n'));
  });

  test('with Accept: application/json: the whole job, the same as GET /jobs/{id}', async () => {
    const response = await request('/lang/python', { body: BOTH, headers: { Accept: 'application/json' } });
    const [status, type, body] = await answer(response);
    expect([status, type]).toEqual([200, 'application/json']);
    const stored = await request(`/jobs/${response.headers.get('x-job-id')}`);
    expect(await answer(stored)).toEqual([200, 'application/json', body]);
  });

  test.each(['*/*', 'text/html, */*', 'text/plain, application/json'])(
    'who asks for nothing special (%s) gets plain text',
    async (accept) => {
      const response = await request('/lang/perl', { body: 'print 1', headers: { Accept: accept } });
      expect(await answer(response)).toEqual(plain(200, '1'));
    },
  );
});

describe('/jobs', () => {
  test('POST accepted', async () => {
    const body = JSON.stringify({ code: 'print 1', language: 'Perl' });
    const response = await request('/jobs', { body });
    const [status, type, text] = await answer(response);
    const id = response.headers.get('x-job-id') as string;
    expect([status, type]).toEqual([200, 'application/json']);
    expect(text).toBe(`{\n  "job_id": "${id}",\n  "status": "queued"\n}`);
    await untilJob(id, hasEnded);
  });

  test('GET found: the seed’s fields first, in this order, nulls written', async () => {
    const id = await submit('python', 'import time; time.sleep(2)');
    const [status, type, text] = await answer(await request(`/jobs/${id}`));
    expect([status, type]).toEqual([200, 'application/json']);
    const { created_at: createdAt, started_at: startedAt, ...job } = jobBodySchema.parse(JSON.parse(text));
    const seed = { job_id: id, language: 'python', status: job.status, output: null, error: null };
    const times = { created_at: createdAt, started_at: startedAt, completed_at: null };
    const beginning = JSON.stringify({ ...seed, ...times, execution_duration_ms: null }, null, 2);
    expect(text.startsWith(`${beginning.slice(0, -2)},\n  "reason": null,`), text).toBe(true);
    await untilJob(id, hasEnded);
  });

  test('GET unknown, expired, or another caller’s', async () => {
    const id = await submit('perl', 'print 1');
    await untilJob(id, hasEnded);
    for (const [sent, key] of [
      [id, OTHER_KEY],
      ['550e8400-e29b-41d4-a716-446655440000', KEY],
      ['no-such', KEY],
    ] as const) {
      expect(await answer(await request(`/jobs/${sent}`, { key }))).toEqual([
        ...[404, 'application/json'],
        `{\n  "error": "Job not found",\n  "job_id": "${sent}"\n}`,
      ]);
    }
  });

  test('GET list: newest first, in pages, only the caller’s own jobs', async () => {
    const list = async (query: string) =>
      jobListSchema.parse(await (await request(`/jobs${query}`, { key: PROD_KEY })).json());
    const before = await list('');
    expect(before.pagination).toMatchObject({ limit: 20, offset: 0 });

    const ids: string[] = [];
    for (const n of [1, 2, 3]) ids.unshift(await submit('perl', `print ${n}`, PROD_KEY));
    const others = await submit('perl', 'print 4');
    await untilJob(others, hasEnded);
    // What has been accepted is listed soon after, not at once.
    let all = await list('');
    while (all.pagination.total < before.pagination.total + 3) all = await list('');
    expect(all.pagination.total).toBe(before.pagination.total + 3);
    expect(all.jobs.slice(0, 3).map(({ job_id: id }) => id)).toEqual(ids);

    const page = await list('?limit=1&offset=1');
    expect(page.jobs.map(({ job_id: id }) => id)).toEqual([ids[1]]);
    expect(page.pagination).toEqual({ total: all.pagination.total, limit: 1, offset: 1 });
    expect((await list('?limit=1000')).pagination.limit).toBe(100);
    expect((await list('?limit=0')).jobs).toEqual([]);
  });
});

describe('everything else', () => {
  test.each(['/jobs/%ff', '/lang/%', '/docs/%E0%A4'])('%s is no path', async (path) => {
    const method = path.startsWith('/lang') ? 'POST' : 'GET';
    expect(await answer(await request(path, { method }))).toEqual(
      plain(400, 'The path is not valid percent-encoding'),
    );
  });

  test('a Content-Encoding that nobody knows', async () => {
    const response = await request('/lang/python', { body: 'x', headers: { 'Content-Encoding': 'x' } });
    expect(await answer(response)).toEqual(plain(415, 'unsupported content encoding "x"'));
  });
});

describe('status, output and error', () => {
  test.each([
    [
      'completed is exit code 0',
      'print(1)',
      { status: 'completed', reason: null, error: null, output: '1\n' },
    ],
    [
      'of a completed job that printed errors only, they are the output',
      'import sys; print("e", file=sys.stderr)',
      { status: 'completed', output: 'e\n', error: null },
    ],
    ['a completed job that printed nothing', '1', { status: 'completed', output: '', error: null }],
    [
      'timedout is the time limit',
      'print("so far", flush=True)\nwhile True: pass',
      {
        status: 'timedout',
        reason: null,
        output: 'so far\n',
        error: 'The process was aborted because it exceeded the timeout',
      },
    ],
    [
      'memory limit',
      'print("so far", flush=True)\nx = bytearray(200_000_000)',
      {
        status: 'failed',
        reason: 'memory_limit',
        output: 'so far\n',
        error: 'The process was aborted because it exceeded the memory usage',
      },
    ],
    [
      'output limit',
      'while True: print("x" * 1000)',
      {
        status: 'failed',
        reason: 'output_limit',
        truncated: true,
        error: 'the code is generating too large output, try reducing logs or printing',
      },
    ],
    [
      'another exit code, nothing printed',
      'import sys; sys.exit(7)',
      { status: 'failed', reason: 'exit_code', output: null, error: 'Process exited with code 7' },
    ],
    [
      'a signal, with something printed on stderr',
      'import os, sys; print("e", file=sys.stderr, flush=True); os.abort()',
      { status: 'failed', reason: 'signal', signal: 'SIGABRT', error: expect.stringContaining('e\n') },
    ],
  ])('%s', async (_, code, expected) => {
    const id = await submit('python', code);
    expect(await untilJob(id, hasEnded)).toMatchObject(expected);
  });

  test('the added fields come after the seed’s, compile among them', async () => {
    const job = await runCode('c', '#include <stdio.h>\nint main(void) { puts("C"); }');
    expect(Object.keys(job).slice(9)).toEqual([
      ...['reason', 'stdout', 'stderr', 'exit_code', 'signal', 'truncated', 'cpu_time_ms', 'memory_bytes'],
      ...['compile', 'attempt', 'queued_ms', 'verdict', 'labels'],
    ]);
    expect(job.compile).toMatchObject({ stdout: '', exit_code: 0 });
    const bad = await runCode('c', 'int main(void) { return x; }');
    expect(bad).toMatchObject({ status: 'failed', reason: 'compile_error' });
    expect(bad.error).toMatch(/error: .x. undeclared/);
  });
});

describe('keys', () => {
  test.each([KEY, PROD_KEY, OTHER_KEY])('the development key %s is accepted', async (key) => {
    expect((await request('/jobs', { key })).status).toBe(200);
  });

  test.each([
    ['the header before Bearer', { 'X-API-Key': KEY, Authorization: 'Bearer wrong' }, '', 200],
    ['the header, even an unknown one', { 'X-API-Key': 'wrong', Authorization: `Bearer ${KEY}` }, '', 401],
    ['Bearer before the query', { Authorization: `Bearer ${KEY}` }, '?api_key=wrong', 200],
    ['Bearer, even an unknown one', { Authorization: 'Bearer wrong' }, `?api_key=${KEY}`, 401],
  ])('%s decides', async (_, headers, query, status) => {
    const response = await request(`/jobs${query}`, {
      key: null,
      headers: headers as Record<string, string>,
    });
    expect(response.status).toBe(status);
  });
});

describe('validation refused, on both run endpoints', () => {
  const supported = 'java, python, ruby, perl, javascript, php, bash, c, cpp, go';
  test.each([
    ['unsupported_language', 'Klingon', 'x', `Unsupported language: Klingon. Supported: ${supported}`],
    ['code_size_bytes', 'python', 'é'.repeat(51_201), 'Code size exceeds maximum of 100 KB (got 100 KB)'],
    ['code_size_chars', 'python', 'x'.repeat(50_001), 'Code exceeds maximum of 50000 characters (got 50001)'],
    ['empty_code', 'python', ' \n\t', 'Code cannot be empty'],
    ...['rm -rf', 'mkfs', 'dd if=', ':/dev/', 'wget', 'curl', 'nc -', 'netcat'].map((pattern) => [
      `dangerous_pattern ${pattern}`,
      'python',
      `# ${pattern.toUpperCase()} x`,
      `Code contains potentially dangerous pattern: ${pattern}`,
    ]),
    [
      'language before size',
      'Klingon',
      ' '.repeat(110_000),
      `Unsupported language: Klingon. Supported: ${supported}`,
    ],
    [
      'bytes before characters',
      'python',
      ' '.repeat(110_000),
      'Code size exceeds maximum of 100 KB (got 107 KB)',
    ],
    [
      'characters before emptiness',
      'python',
      ' '.repeat(60_000),
      'Code exceeds maximum of 50000 characters (got 60000)',
    ],
  ] as [string, string, string, string][])('%s', async (_, language, code, text) => {
    expect(await answer(await request(`/lang/${language}`, { body: code }))).toEqual(plain(400, text));
    const body = JSON.stringify({ code, language });
    expect(await answer(await request('/jobs', { body }))).toEqual(plain(400, text));
  });

  test('keys come before everything else', async () => {
    const body = 'x'.repeat(200_000);
    expect((await request('/lang/klingon', { body, key: 'wrong' })).status).toBe(401);
    expect((await request('/jobs', { body, key: null })).status).toBe(401);
  });
});

describe('the seed’s programs, word for word', () => {
  const java =
    'public class BrainDrill {\n    public static void main(String[] args) {\n        System.out.println("drill my brain");\n    }\n}';
  test.each([
    ['java', java, 'drill my brain\n'],
    ['python', 'print("drill my brain") ', 'drill my brain\n'],
    ['ruby', 'puts "drill my brain" ', 'drill my brain\n'],
    ['perl', 'print "drill my brain\\n"; ', 'drill my brain\n'],
    ['javascript', 'console.log("drill my brain");', 'drill my brain\n'],
    ['php', '<?php\necho "drill my brain";\n?>', 'drill my brain'],
  ])('%s', async (language, body, output) => {
    expect(await answer(await request(`/lang/${language}`, { body }))).toEqual(plain(200, output));
  });
});

test('a job that ended is read the same by GET each time, byte for byte', async () => {
  const id = await submit('perl', 'print 1');
  await untilJob(id, hasEnded);
  const [first, second] = [await request(`/jobs/${id}`), await request(`/jobs/${id}`)];
  expect(await first.text()).toBe(await second.text());
  expect((await getJob(id)).output).toBe('1');
});
