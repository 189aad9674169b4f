import type { RequestHandler } from 'express';
import { type CodeRules, MAX_CODE_BYTES, parseCode, parseLanguage, refuseOversize } from '../code-rules.js';
import { bodyShareOf } from './body-budget.js';
import { setProgram } from './program.js';
import { BodyTooLarge, readBody } from './read-body.js';

/** Reads and checks the source that is the body of POST /lang/:language. */
export function parseSource(rules: CodeRules): RequestHandler<{ language: string }> {
  return async (request, response, next) => {
    const { language } = request.params;
    const code = await readBody(request, MAX_CODE_BYTES, bodyShareOf(response)).catch((error) => {
      if (!(error instanceof BodyTooLarge)) throw error;
      // An unknown language is told before a size.
      parseLanguage(language, rules);
      refuseOversize(error.bytes);
      throw error;
    });
    setProgram(response, { code, language: parseCode(code, language, rules) });
    next();
  };
}
