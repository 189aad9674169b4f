// `npm run openapi`: writes the OpenAPI document, which is committed and served.
import { readFileSync, writeFileSync } from 'node:fs';
import { createOpenApi } from './api/openapi.js';
import { PROJECT_ROOT } from './config.js';
import { runEntry } from './run-entry.js';

async function run(): Promise<void> {
  const { version } = JSON.parse(readFileSync(`${PROJECT_ROOT}/package.json`, 'utf8'));
  writeFileSync(`${PROJECT_ROOT}/openapi.json`, `${JSON.stringify(createOpenApi(version), null, 2)}\n`);
}

runEntry(run);
