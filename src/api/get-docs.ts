// The docs page: Swagger UI from its package, started by a file of ours. It loads nothing from elsewhere and cannot.

import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { RequestHandler } from 'express';
import { PROJECT_ROOT } from '../config.js';

/** GET /docs: the OpenAPI document as a page. */
export const getDocs: RequestHandler = (_request, response) => {
  response.set(HEADERS).sendFile('index.html', { ...OPTIONS, root: OUR_FILES });
};

/** GET /docs/:file: the few files that the page is made of. */
export const getDocsFile: RequestHandler<{ file: string }> = ({ params: { file } }, response, next) => {
  const root = FOLDER_OF.get(file);
  if (root === undefined) return next('route');
  response.set(HEADERS).sendFile(file, { ...OPTIONS, root });
};

const OUR_FILES = `${PROJECT_ROOT}/src/api/docs`;
const SWAGGER_FILES = dirname(createRequire(import.meta.url).resolve('swagger-ui-dist/package.json'));

const FOLDER_OF = new Map([
  ['start.js', OUR_FILES],
  ['swagger-ui-bundle.js', SWAGGER_FILES],
  ['swagger-ui.css', SWAGGER_FILES],
  ['favicon-32x32.png', SWAGGER_FILES],
]);

const OPTIONS = { acceptRanges: false };

const HEADERS = {
  'Content-Security-Policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; " +
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
};
