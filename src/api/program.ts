import type { Response } from 'express';
import type { JobRequest } from '../job.js';
import type { Language } from '../languages.js';

/** A job that passed validation. */
export type CheckedProgram = Omit<JobRequest, 'language'> & { language: Language };

export function setProgram(response: Response, program: CheckedProgram): void {
  response.locals.program = program;
}

/** The program of a request that passed validation. */
export const programOf = (response: Response) => response.locals.program as CheckedProgram;
