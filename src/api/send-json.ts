import type { Response } from 'express';

/** JSON as the seed prints it: two spaces. */
export function sendJson(response: Response, body: object): void {
  response.type('application/json').send(JSON.stringify(body, null, 2));
}
