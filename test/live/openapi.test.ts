// The OpenAPI document is held to its word against the running service, and the docs page to loading nothing from elsewhere.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { ensureSchemathesis, runSchemathesis } from './schemathesis.js';
import { checkLeaksAfterEach, hasEnded, KEY, request, service, untilJob } from './service.js';

checkLeaksAfterEach();

const committed = readFileSync(`${PROJECT_ROOT}/openapi.json`, 'utf8');
const { paths, components } = JSON.parse(committed);

test('the document is served as it is committed, and needs no key', async () => {
  const response = await request('/openapi.json', { key: null });
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toMatch(/^application\/json/);
  expect(await response.text()).toBe(committed);
});

test('the docs page needs no key, and may load and ask this service only', async () => {
  const response = await request('/docs', { key: null });
  expect(response.status).toBe(200);
  const policy = response.headers.get('content-security-policy') ?? '';
  expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'; ");
  expect(policy).toContain("connect-src 'self'");
  expect(policy).not.toMatch(/unsafe|https?:|\*/);

  const page = await response.text();
  expect(page).not.toMatch(/<script(?![^>]*src=)|<style|\son\w+=/);
  const files = [...page.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
  expect(files).toHaveLength(4);
  for (const path of files) {
    const file = await request(path, { key: null });
    expect([path, file.status]).toEqual([path, 200]);
    expect((await file.arrayBuffer()).byteLength).toBeGreaterThan(100);
  }
  const started = await (await request('/docs/start.js', { key: null })).text();
  expect(started).toContain("url: '/openapi.json'");
  expect(started).toContain('validatorUrl: null');
});

test.each(['swagger-initializer.js', 'index.html', '__proto__', '..%2Fapp.ts'])(
  'no other file is served with the page (%s)',
  async (file) => {
    expect((await request(`/docs/${file}`)).status).toBe(404);
  },
);

test('the example of a run runs', async () => {
  const { parameters, requestBody, responses } = paths['/lang/{language}'].post;
  const [{ schema }] = parameters;
  const body = requestBody.content['text/plain'].examples.hello.value;
  const response = await request(`/lang/${schema.example}`, { body });
  expect(await response.text()).toBe(responses[200].content['text/plain'].examples.hello.value);
});

test('the example of a job runs', async () => {
  const properties: Record<string, { examples?: unknown[] }> = components.schemas.JobRequest.properties;
  const examples = Object.entries(properties).filter(([, { examples }]) => examples !== undefined);
  expect(examples.map(([name]) => name)).toEqual([
    ...[
      'code',
      'language',
      'stdin',
      'args',
      'expected_output',
      'env',
      'time_limit_ms',
      'artifacts',
      'labels',
    ],
  ]);
  const body = JSON.stringify(
    Object.fromEntries(examples.map(([name, { examples }]) => [name, examples?.[0]])),
  );
  const { job_id: id } = (await (await request('/jobs', { body })).json()) as { job_id: string };
  const { output } = components.schemas.Job.properties;
  expect((await untilJob(id, hasEnded)).output).toBe(output.examples[0]);
});

test.each(Object.keys(paths))('%s has the methods that are described, and no other', async (path) => {
  const described = Object.keys(paths[path]).map((method) => method.toUpperCase());
  const response = await request(path.replace(/[{}]/g, ''), { method: 'DELETE' });
  expect(response.status).toBe(405);
  expect(response.headers.get('allow')?.split(', ').sort()).toEqual(described.sort());
});

let folder: string;
beforeAll(async () => {
  await ensureSchemathesis();
  folder = mkdtempSync(join(tmpdir(), 'schemathesis-'));
  return () => rmSync(folder, { recursive: true });
});

test('what Schemathesis makes of it is answered as described', { timeout: 100_000 }, async () => {
  const document = JSON.parse(committed);
  // Without this, hardly any request would name a language.
  const languages = { enum: ['python', 'perl', 'PHP', 'klingon'] };
  Object.assign(document.paths['/lang/{language}'].post.parameters[0].schema, languages);
  Object.assign(document.components.schemas.JobRequest.properties.language, languages);
  writeFileSync(join(folder, 'openapi.json'), JSON.stringify(document));

  const { passed, printed } = await runSchemathesis(
    [
      ...['run', 'openapi.json', '--url', service.apiUrl, '--header', `X-API-Key: ${KEY}`],
      ...['--max-examples', '20', '--request-timeout', '30', '--generation-deterministic'],
      // Rules for code are no schema: much that has the right shape is refused.
      ...['--exclude-checks', 'positive_data_acceptance'],
      ...['--no-color', '--warnings', 'off'],
    ],
    { cwd: folder, timeoutMs: 90_000 },
  );
  expect(passed, printed).toBe(true);
  const all = Object.values(paths).flatMap((path) => Object.keys(path as object)).length;
  expect(printed).toContain(`Tested: ${all}\n`);
  const [, cases] = /(\d+) generated, \1 passed/.exec(printed) ?? [];
  expect(Number(cases), printed).toBeGreaterThan(200);
});
