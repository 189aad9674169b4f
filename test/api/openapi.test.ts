import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { createOpenApi } from '../../src/api/openapi.js';
import { PROJECT_ROOT } from '../../src/config.js';

const read = (path: string) => readFileSync(`${PROJECT_ROOT}/${path}`, 'utf8');
const packageJson = JSON.parse(read('package.json'));
const document = createOpenApi(packageJson.version);
const operations = Object.values(document.paths ?? {}).flatMap((path) => Object.values(path));

test('the committed document is the one that the code makes', () => {
  expect(read('openapi.json'), 'npm run openapi writes it anew').toBe(
    `${JSON.stringify(document, null, 2)}\n`,
  );
});

test('every route is in it', () => {
  const routes = [...read('src/api/app.ts').matchAll(/\.route\('([^']+)'\)/g)];
  expect(routes.length).toBeGreaterThan(4);
  for (const [, route] of routes) {
    const path = (route as string).replace(/:(\w+)/g, '{$1}');
    expect(Object.keys(document.paths ?? {})).toContain(path);
  }
});

test('every operation has an id of its own, and tells of errors in plain text', () => {
  const ids = operations.map(({ operationId }) => operationId);
  expect(ids.every((id) => /^[a-z][A-Za-z]+$/.test(id))).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
  for (const [name, response] of Object.entries(document.components?.responses ?? {})) {
    expect(Object.keys('content' in response ? (response.content ?? {}) : {}), name).toEqual(['text/plain']);
  }
});

test('a key can be given in three ways, and what needs none says so', () => {
  expect(document.security).toEqual([{ apiKeyHeader: [] }, { bearer: [] }, { apiKeyQuery: [] }]);
  const open = operations.filter(({ security }) => security?.length === 0).map(({ tags }) => tags[0]);
  expect(new Set(open)).toEqual(new Set(['operation']));
});

test('Redocly’s linter has nothing to say', { timeout: 60_000 }, async () => {
  const environment = { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  const { stdout } = await promisify(execFile)(
    `${PROJECT_ROOT}/node_modules/.bin/redocly`,
    ['lint', '--format=json', 'openapi.json'],
    { cwd: PROJECT_ROOT, env: { ...process.env, ...environment } },
  );
  expect(JSON.parse(stdout)).toMatchObject({ totals: { errors: 0, warnings: 0, ignored: 0 } });
});

test('no package runs a script when it is installed, and telemetry is off', () => {
  expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
  expect(packageJson.scarfSettings).toEqual({ enabled: false });
});
