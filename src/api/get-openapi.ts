import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';
import { PROJECT_ROOT } from '../config.js';

const document = readFileSync(`${PROJECT_ROOT}/openapi.json`, 'utf8');

/** GET /openapi.json: the document that `npm run openapi` wrote. */
export const getOpenApi: RequestHandler = (_request, response) => {
  response.type('application/json').send(document);
};
