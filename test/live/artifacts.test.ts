// Files that a program leaves and its caller wants, and those that lead elsewhere.
import { Client, Connection } from '@temporalio/client';
import { afterAll, expect, test } from 'vitest';
import type { Artifact } from '../../src/artifact.js';
import { loadConfig } from '../../src/config.js';
import type { JobRequest } from '../../src/job.js';
import { createLog } from '../../src/log.js';
import { openPayloads } from '../../src/payloads/payloads.js';
import { expectNoPrograms, request, runJob, service } from './service.js';

afterAll(() => expectNoPrograms());

const file = (path: string, content: string): Artifact => ({ path, content, encoding: 'utf8' });
const none = (path: string, error: NonNullable<Artifact['error']>): Artifact => ({
  path,
  content: null,
  error,
});

const bash = (code: string, artifacts: string[], more: Partial<JobRequest> = {}) =>
  runJob({ language: 'bash', code, artifacts, ...more });

test.concurrent.each(['cells', 'container'] as const)(
  'files come back as they were left, in %s',
  async (isolation) => {
    const code = `
    import os
    os.makedirs('out/deep'); open('out/deep/é.txt', 'w').write('text\\n'); open('bytes', 'wb').write(bytes([0, 255, 16]))
    open('empty', 'w'); open('given', 'a').write(' more'); print('printed'); exit(3)`.replaceAll(
      '\n    ',
      '\n',
    );
    const job = await runJob({
      ...{ language: 'python', code, files: [{ path: 'given', content: 'some' }] },
      artifacts: ['out/deep/é.txt', 'bytes', 'none', 'empty', 'given', 'out', 'main.py'],
      ...(isolation === 'container' ? { isolation } : {}),
    });
    expect(job).toMatchObject({ status: 'failed', reason: 'exit_code', stdout: 'printed\n' });
    expect(job.artifacts).toEqual([
      file('out/deep/é.txt', 'text\n'),
      { path: 'bytes', content: 'AP8Q', encoding: 'base64' },
      none('none', 'missing'),
      file('empty', ''),
      file('given', 'some more'),
      none('out', 'no_file'),
      file('main.py', code),
    ]);
  },
);

test('what a link, a pipe or a socket leads to stays where it is, and holds up nothing', async () => {
  const code = `
    ln -s /etc/passwd passwd; ln -s /etc etc; mkfifo fifo; mkdir folder; ln -s folder linked; echo x >folder/x
    ln folder/x hard; echo secret >closed; chmod 000 closed; ln -s /proc/self/root/etc/passwd magic; truncate -s 20M sparse
    (while :; do mv folder other 2>/dev/null; ln -s /etc folder 2>/dev/null; rm -f folder; mv other folder 2>/dev/null; done) &
    sleep 0.2; exit 0`;
  const wanted = ['passwd', 'etc/passwd', 'fifo', 'linked/x', 'magic', 'closed', 'sparse', 'hard'];
  const job = await bash(code, wanted, { code: code.replace(/\(while.*\n/, '\n') });
  expect(job.artifacts).toEqual([
    ...['passwd', 'etc/passwd', 'fifo', 'linked/x', 'magic'].map((path) => none(path, 'no_file')),
    none('closed', 'unreadable'),
    none('sparse', 'too_large'),
    file('hard', 'x\n'),
  ]);
  // Folders that change places to the last moment: what is read is the program's own, or nothing.
  for (let n = 0; n < 5; n++) {
    const [raced] = (await bash(code, ['folder/passwd'])).artifacts ?? [];
    expect(raced?.content).toBeNull();
  }
});

test('they come of a program that is stopped, and are none where nothing was made', async () => {
  const slow = await bash('echo x >a; sleep 5', ['a'], { time_limit_ms: 300 });
  expect([slow.status, slow.artifacts]).toEqual(['timedout', [file('a', 'x\n')]]);
  const loud = await bash('echo x >a; yes', ['a']);
  expect([loud.reason, loud.artifacts]).toEqual(['output_limit', [file('a', 'x\n')]]);
  const broken = await runJob({ language: 'c', code: 'no C', artifacts: ['main', 'a'] });
  expect([broken.reason, broken.artifacts]).toEqual([
    'compile_error',
    [none('main', 'missing'), none('a', 'missing')],
  ]);
  const made = await runJob({ language: 'c', code: 'int main(void) { }', artifacts: ['main'] });
  expect(made.artifacts).toMatchObject([{ path: 'main', encoding: 'base64' }]);
});

test('a job that asked for none has none, also after one in the same container that did', async () => {
  expect((await bash('echo x >a', ['a'])).artifacts).toHaveLength(1);
  expect(await runJob({ language: 'bash', code: 'echo x >a' })).not.toHaveProperty('artifacts');
  expect((await bash('true', ['a'])).artifacts).toEqual([none('a', 'missing')]);
});

test('half a megabyte of them beside all the output that there may be is a result that Temporal takes', async () => {
  const code = `import sys
for name in 'ab': open(name, 'wb').write(b'\\xff' * 262144)
open('c', 'wb').write(b'c')
for stream in (sys.stdout, sys.stderr): stream.write(chr(0) * 65536)`;
  const job = await runJob({ language: 'python', code, artifacts: ['a', 'b', 'c', 'a'] });
  expect(job).toMatchObject({ status: 'completed', attempt: 1 });
  expect(
    job.artifacts?.map(({ content, error }) => error ?? Buffer.from(content ?? '', 'base64').length),
  ).toEqual([...[262_144, 262_144, 'too_large', 'too_large']]);
  const connection = await Connection.connect({ address: service.temporalAddress });
  const config = loadConfig({ CONFIG_FILE: '/dev/null', DATA_FOLDER: service.dataFolder });
  const { dataConverter } = await openPayloads(config, createLog('test', 'silent'));
  const handle = new Client({ connection, dataConverter }).workflow.getHandle(job.job_id);
  expect((await handle.result()).artifacts).toEqual(job.artifacts);
  await connection.close();
  // The server's, too.
  expect(await (await request(`/jobs/${job.job_id}`)).json()).toEqual(job);
});

const INVALID = 'Invalid request body. ';

test.each<[string, Partial<JobRequest>, string]>([
  ['runs', { artifacts: ['a'], runs: [{}] }, `${INVALID}artifacts: not together with runs.`],
  ['17 files', { artifacts: Array.from({ length: 17 }, () => 'a') }, `${INVALID}artifacts: Too big`],
  ['a path outside', { artifacts: ['a', '../b'] }, `${INVALID}artifacts[1]: must be relative`],
  ['an absolute path', { artifacts: ['/etc/passwd'] }, `${INVALID}artifacts[0]: must be relative`],
  ['a long path', { artifacts: ['a'.repeat(256)] }, `${INVALID}artifacts[0]: must have at most 255 bytes.`],
  ['a NUL', { artifacts: ['a\0'] }, `${INVALID}artifacts[0]: must not contain NUL.`],
])('artifacts with %s are refused', async (_, fields, text) => {
  const response = await request('/jobs', {
    body: JSON.stringify({ language: 'bash', code: 'true', ...fields }),
  });
  expect([response.status, (await response.text()).slice(0, text.length)]).toEqual([400, text]);
});
