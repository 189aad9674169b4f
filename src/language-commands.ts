// What a job may change of its language's commands, and what the supervisor is told of that.
import type { Language } from './languages.js';

/** In `compile`, where a job's compile_flags go. */
const FLAGS = '{flags}';

type Commands = Pick<Language, 'file' | 'entrypoint' | 'compile' | 'run'>;

/** Whether a job can begin with another file than the language's own: a word of the commands is that file. */
export function takesEntrypoint({ file, entrypoint, compile = [], run }: Commands): boolean {
  return entrypoint && [...compile, ...run].includes(file);
}

/** The compile command without its word {flags}, and before which of its words flags go; without one to its end. */
export function splitCompile(compile: readonly string[]): { words: string[]; flagsAt: number | undefined } {
  const flagsAt = compile.indexOf(FLAGS);
  const words = compile.filter((word) => word !== FLAGS);
  return { words, flagsAt: flagsAt < 0 ? undefined : flagsAt };
}
