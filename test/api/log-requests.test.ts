import { pino } from 'pino';
import { expect, test } from 'vitest';
import { KEY, startApp } from './start-app.js';

async function ask(id?: string) {
  const lines: { req?: { id: string; path: string } }[] = [];
  const log = pino({ level: 'debug' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  const url = await startApp({ log });
  const headers = id === undefined ? {} : { 'X-Request-Id': id };
  const answer = await fetch(`${url}/jobs?api_key=${KEY}`, { headers });
  expect(answer.status).toBe(200);
  await answer.text();
  return { id: answer.headers.get('x-request-id'), lines };
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

test.each(['a', 'proxy-1_2.3', 'x'.repeat(64), '550e8400-e29b-41d4-a716-446655440000'])(
  'the id %s is kept, told and logged',
  async (given) => {
    const { id, lines } = await ask(given);
    expect(id).toBe(given);
    expect(lines[0]?.req).toMatchObject({ id: given, path: '/jobs' });
  },
);

test.each([undefined, '', 'x'.repeat(65), 'a b', 'a"b', 'a,b', '<script>', 'é'])(
  'in place of the id %s there is a fresh one',
  async (given) => {
    const { id, lines } = await ask(given);
    expect(id).toMatch(UUID);
    expect(lines[0]?.req?.id).toBe(id);
  },
);

test('no two requests share an id, and the query is not logged', async () => {
  const [first, second] = [await ask(), await ask()];
  expect(first.id).not.toBe(second.id);
  expect(JSON.stringify(first.lines)).not.toContain(KEY);
});
