import type { Response } from 'express';
import type { Language } from '../languages.js';

/** Code that passed validation. */
export type CheckedProgram = { code: string; language: Language; isolation?: 'container' | undefined };

export function setProgram(response: Response, program: CheckedProgram): void {
  response.locals.program = program;
}

/** The program of a request that passed validation. */
export const programOf = (response: Response) => response.locals.program as CheckedProgram;
