import type { RequestHandler } from 'express';
import { unavailable } from './http-error.js';
import type { KnownLanguage, LanguageList } from './language-schemas.js';
import { sendJson } from './send-json.js';

/** GET /languages: what can be run here, and what could be. */
export function getLanguages(readLanguages: () => Promise<KnownLanguage[]>): RequestHandler {
  return async (_request, response) => {
    const languages = await readLanguages().catch((error: unknown) => {
      throw unavailable(error);
    });
    sendJson(response, { languages } satisfies LanguageList);
  };
}
