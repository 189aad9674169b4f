import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { checkLeaksAfterEach, KEY, service } from './service.js';

checkLeaksAfterEach();

function simulate(key: string, ...args: string[]) {
  const script = `${PROJECT_ROOT}/dist/src/simulate.js`;
  return promisify(execFile)(process.execPath, [script, ...args], { env: { ...process.env, API_KEY: key } });
}

test('twenty programs are all answered right', async () => {
  const { stdout } = await simulate(KEY, '--url', service.apiUrl, '--count', '20', '--rate', '5');
  expect(stdout).toMatch(/^requests 20, errors 0, average \d+ ms, p50 \d+ ms, p90 \d+ ms, p99 \d+ ms\n$/);
});

test('wrong answers end it with exit code 1', async () => {
  const wrong = simulate('no-such-key', '--url', service.apiUrl, '--count', '2');
  await expect(wrong).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('status 401, "Invalid API key"'),
    stderr: '2 of 2 answers were wrong.\n',
  });
});

test('another machine is refused', async () => {
  await expect(simulate(KEY, '--url', 'http://192.0.2.1')).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringContaining('--allow-remote'),
  });
});
