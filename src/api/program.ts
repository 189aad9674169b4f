import type { Response } from 'express';
import type { JobRequest } from '../job.js';
import type { Language } from '../languages.js';

/** A job that passed validation. */
export type CheckedProgram = Omit<JobRequest, 'language'> & { language: Language };

export function setProgram(response: Response, program: CheckedProgram): void {
  response.locals.program = program;
}

/** The program of a request that passed validation, once: it may be large, and is not to wait for its answer here. */
export function takeProgram(response: Response): CheckedProgram {
  const { program } = response.locals;
  delete response.locals.program;
  return program as CheckedProgram;
}
