// Bodies that are bombs, lies, riddles or in the wrong alphabet: each gets its 4xx and starts nothing, or is taken for just what
// it says.
import { brotliCompressSync, constants } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { ALPHABETS, BOMBS, coded, JSONS, NAMES, PROTOTYPES } from './hostile-body-cases.js';
import { head, openRaw } from './raw-http.js';
import { KEY, request, runCode, submit } from './service.js';
import { expectHelloWorld, expectUnharmed } from './unharmed.js';

afterAll(expectHelloWorld);

describe.each([
  ['bombs', BOMBS],
  ['JSON', JSONS],
  ['alphabets', ALPHABETS],
  ['names of prototypes', PROTOTYPES],
])('%s', (_, cases) => {
  test.each(cases)('%s', async (_name, path, body, status, text, headers) => {
    await expectUnharmed(async () => {
      const answer = await request(path, {
        body: new Uint8Array(Buffer.from(body)),
        ...(headers && { headers }),
      });
      const told = await answer.text();
      expect([answer.status, told.slice(0, text.length)]).toEqual([status, text]);
      // Nobody's input comes back by the half megabyte.
      expect(told.length).toBeLessThan(1_000);
    });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});

describe('names of prototypes elsewhere', () => {
  test.each(NAMES)('%s as key, job, parameter and filter', async (name) => {
    await expectUnharmed(async () => {
      const statusOf = async (path: string, key: string | null = KEY) =>
        (await request(path, { key })).status;
      expect(await statusOf('/jobs', name)).toBe(401);
      expect(await statusOf(`/jobs?api_key=${name}`, null)).toBe(401);
      expect(await statusOf(`/jobs/${name}`)).toBe(404);
      expect(await statusOf(`/docs/${name}`)).toBe(404);
      expect(await statusOf(`/jobs?${name}=1&${name}[x]=2`)).toBe(200);
      expect(await statusOf(`/jobs?limit[${name}]=1`)).toBe(200);
      expect(await statusOf(`/jobs?status=${name}`)).toBe(400);
      expect(await statusOf(`/jobs?language=${name}`)).toBe(400);
    });
  });

  test('two keys in the query are none, two in headers are none that is known', async () => {
    await expectUnharmed(async () => {
      expect((await request(`/jobs?api_key=${KEY}&api_key=${KEY}`, { key: null })).status).toBe(401);
      const { socket, answers } = await openRaw();
      socket.write(
        head('GET /jobs HTTP/1.1', 'Host: x', `X-API-Key: ${KEY}`, 'X-API-Key: wrong', 'Connection: close'),
      );
      expect((await answers()).map(({ status }) => status)).toEqual([401]);
    });
  });
});

describe('what is no attack', () => {
  test('of a field that is there twice the last counts', async () => {
    const id = await submit('python', 'print(1)');
    expect(id).toBeTruthy();
    const twice = '{"language": "klingon", "code": "x", "code": "print(2)", "language": "python"}';
    expect((await request('/jobs', { body: twice })).status).toBe(200);
  });

  test('a source may have a mark, NULs and every character, and may come compressed', async () => {
    expect((await runCode('python', '\ufeffprint("caf\u00e9 \u{1f600}")')).output).toBe(
      'caf\u00e9 \u{1f600}\n',
    );
    expect((await runCode('python', 'print(1)\0')).stderr).toContain('null bytes');
    const body = new Uint8Array(
      brotliCompressSync('print(7)', { params: { [constants.BROTLI_PARAM_LGWIN]: 24 } }),
    );
    expect(await (await request('/lang/python', { body, headers: coded('br') })).text()).toBe('7\n');
  });
});
