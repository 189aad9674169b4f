import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { parseSimulationOptions } from '../../src/simulation/options.js';
import { PROGRAMS } from '../../src/simulation/programs.js';
import { simulate } from '../../src/simulation/simulate.js';

let server: Server;
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Runs a simulation against a server that answers so. */
async function simulateWith(answer: RequestListener, ...args: string[]) {
  server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lines: string[] = [];
  const options = parseSimulationOptions(['--url', url, ...args]);
  const summary = await simulate(options, 'the-key', (line) => lines.push(line));
  return { summary, lines };
}

/** The right output for each program. */
const right: RequestListener = async (request, response) => {
  let code = '';
  for await (const chunk of request) code += chunk;
  response.end(PROGRAMS.find((program) => program.code === code)?.output);
};

test('right answers are no errors, and requests go out at the pace', async () => {
  const started = performance.now();
  let last = 0;
  const { summary, lines } = await simulateWith(
    (request, response) => {
      last = performance.now();
      expect(request.headers['x-api-key']).toBe('the-key');
      expect(`${request.method} ${request.url}`).toBe('POST /lang/python');
      right(request, response);
    },
    ...['--rate', '50', '--count', '20'],
  );
  expect(summary).toMatchObject({ requests: 20, errors: 0 });
  expect(lines).toHaveLength(1);
  expect(last - started).toBeGreaterThan(370);
});

test('a slow answer does not hold up the next request', async () => {
  let open = 0;
  let most = 0;
  await simulateWith(
    (request, response) => {
      most = Math.max(most, ++open);
      setTimeout(() => {
        open--;
        right(request, response);
      }, 300);
    },
    ...['--rate', '50', '--count', '5'],
  );
  expect(most).toBeGreaterThan(2);
});

test('it ends when the time is over', async () => {
  const { summary } = await simulateWith(right, '--rate', '5', '--count', '1000', '--seconds', '1');
  expect(summary).toMatchObject({ requests: 5, errors: 0 });
});

test.each<[string, RequestListener, string]>([
  ['another output', (_, response) => response.end('Hello'), 'hello: status 200, "Hello"'],
  ['another status', (_, response) => response.writeHead(429).end('Wait'), 'hello: status 429, "Wait"'],
  ['none', (request) => request.socket.destroy(), 'hello: fetch failed'],
])('an answer with %s is an error, and is told', async (_, answer, line) => {
  const { summary, lines } = await simulateWith(answer, '--rate', '100', '--count', '12');
  expect(summary).toMatchObject({ requests: 12, errors: 12, p50Ms: null });
  expect(lines).toContain(line);
  expect(lines.length).toBeLessThanOrEqual(6);
});
