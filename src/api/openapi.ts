// The OpenAPI document, made from the schemas that the code uses. `npm run openapi` writes it to openapi.json, which is
// what is served: only that and the tests load this file.
import { OpenAPIRegistry, OpenApiGeneratorV31 } from '@asteasolutions/zod-to-openapi';
import { SHARED_ANSWERS } from './openapi/answers.js';
import { HEADERS } from './openapi/headers.js';
import { JOB_ROUTES } from './openapi/job-routes.js';
import { OPERATION_ROUTES } from './openapi/operation-routes.js';
import { RUN_ROUTES } from './openapi/run-routes.js';

const DESCRIPTION = `Send code, we will run it: each program in a container of its own.

Run endpoints check a request in this order: key, body, rules for code, rate limit. What is refused before the rate limit costs
nothing of it. A program's failure is no failure of the request: it is told with status 200.

What is no proper HTTP, too slow or too large is refused before any route is known: 400, 408 or 431, or 429 for more than eight
requests at once on one connection. Such a connection is closed.

An unknown path is answered with 404 and \`The requested resource could not be found.\`, another method on a known one with 405.
Errors are plain text. Later versions may add fields to answers.`;

const TAGS = [
  { name: 'run', description: 'Run code and wait for its output' },
  { name: 'jobs', description: 'Submit code and ask for the result later' },
  { name: 'operation', description: 'What the service says of itself; no key is needed' },
];

/** Three ways to give a key; the first that is present decides. */
const SECURITY_SCHEMES = {
  apiKeyHeader: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The first choice.' },
  bearer: { type: 'http', scheme: 'bearer', description: 'The same key as a bearer token.' },
  apiKeyQuery: {
    type: 'apiKey',
    in: 'query',
    name: 'api_key',
    description: 'Discouraged: addresses end up in logs and histories. Use a header.',
  },
} as const;

/** The document of version `version`. */
export function createOpenApi(version: string) {
  const registry = new OpenAPIRegistry();
  for (const [name, header] of Object.entries(HEADERS)) registry.registerComponent('headers', name, header);
  for (const [name, answer] of Object.entries(SHARED_ANSWERS)) {
    registry.registerComponent('responses', name, answer);
  }
  for (const [name, scheme] of Object.entries(SECURITY_SCHEMES)) {
    registry.registerComponent('securitySchemes', name, scheme);
  }
  for (const route of [...RUN_ROUTES, ...JOB_ROUTES, ...OPERATION_ROUTES]) registry.registerPath(route);
  return new OpenApiGeneratorV31(registry.definitions).generateDocument({
    openapi: '3.1.0',
    info: {
      title: 'BrainDrill',
      version,
      description: DESCRIPTION,
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/', description: 'the service that serves this document' }],
    security: Object.keys(SECURITY_SCHEMES).map((name) => ({ [name]: [] })),
    tags: TAGS,
  });
}
