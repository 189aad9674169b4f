import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { acceptingJobs, KEY, startApp } from './start-app.js';

test('of calls in a row on one connection each is cancelled when it is cut, not only the first', async () => {
  let waiting = 0;
  let cancelled = 0;
  const url = await startApp({
    jobs: {
      ...acceptingJobs,
      run: (_job, signal) =>
        new Promise((_, reject) => {
          waiting += 1;
          signal.addEventListener('abort', () => {
            cancelled += 1;
            reject(new Error('cancelled'));
          });
        }),
    },
  });
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  const head = `POST /lang/python HTTP/1.1\r\nHost: x\r\nX-API-Key: ${KEY}\r\nContent-Length: 8\r\n\r\n`;
  socket.write(`${head}print(1)`.repeat(5));
  await expect.poll(() => waiting).toBe(5);
  socket.destroy();
  await expect.poll(() => cancelled).toBe(5);
});

test('an answer that is refused by the server itself hides nothing and says what is wrong', async () => {
  const { hostname, port } = new URL(await startApp());
  const socket = connect(Number(port), hostname);
  let answer = '';
  socket.on('data', (chunk) => (answer += chunk));
  socket.write('GET /health HTTP/1.1\r\nHost: x\r\nBad Name: 1\r\n\r\n');
  await new Promise((resolve) => socket.once('end', resolve));
  socket.destroy();
  expect(answer.split('\r\n')).toEqual([
    'HTTP/1.1 400 Bad Request',
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    'Content-Length: 29',
    'X-Content-Type-Options: nosniff',
    '',
    'The request is not valid HTTP',
  ]);
});
