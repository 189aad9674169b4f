import type { RequestHandler } from 'express';
import { type CodeRules, MAX_CODE_BYTES, parseCode } from '../code-rules.js';
import { type JobRequest, jobRequestSchema } from '../job.js';
import { shorten } from '../shorten.js';
import { HttpError } from './http-error.js';
import { setProgram } from './program.js';
import { BodyTooLarge, readBody } from './read-body.js';

/** JSON may escape each byte of the code with up to six. */
const MAX_BODY_BYTES = 6 * MAX_CODE_BYTES + 10_240;

const INVALID_BODY = "Invalid request body. Expected JSON with 'code' and 'language' fields.";

/** Reads and checks the JSON body of POST /jobs. */
export function parseJobRequest(rules: CodeRules): RequestHandler {
  return async (request, response, next) => {
    const body = await readBody(request, MAX_BODY_BYTES).catch((error) => {
      if (!(error instanceof BodyTooLarge)) throw error;
      throw new HttpError(413, `Request body exceeds maximum of ${MAX_BODY_BYTES} bytes`);
    });
    const { code, language, isolation } = toJobRequest(parseJson(body));
    setProgram(response, { code, language: parseCode(code, language, rules), isolation });
    next();
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpError(400, INVALID_BODY);
  }
}

function toJobRequest(body: unknown): JobRequest {
  const read = jobRequestSchema.safeParse(body);
  if (read.success) return read.data;
  const [issue, ...others] = read.error.issues;
  if (others.length === 0 && issue?.code === 'unrecognized_keys')
    throw new HttpError(400, `Invalid request body. ${shorten(issue.message)}.`);
  if (others.length === 0 && issue?.path[0] === 'isolation')
    throw new HttpError(400, `Invalid request body. isolation: ${shorten(issue.message)}.`);
  throw new HttpError(400, INVALID_BODY);
}
