import type { RequestHandler } from 'express';

/** GET /health: this process answers. It asks nobody else. */
export const getHealth: RequestHandler = (_request, response) => {
  response.type('text/plain').send('healthy');
};
