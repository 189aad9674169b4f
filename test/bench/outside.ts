// The same programs without the engine: by the interpreter of this host, where it has one, and by `docker run` of the same image.
import { execFile, execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { splitCompile } from '../../src/language-commands.js';
import type { Language } from '../../src/languages.js';
import { imageName } from '../../src/workers/build-images.js';

const exec = promisify(execFile);

export const OUTSIDE_FOLDER = mkdtempSync(join(tmpdir(), 'braindrill-outside-'));

process.on('exit', () => rmSync(OUTSIDE_FOLDER, { recursive: true, force: true }));

/** Runs a program as somebody would by hand; undefined where this host has not what it takes. */
export function onHost(
  language: Language,
  code: string,
  expected: string,
): (() => Promise<void>) | undefined {
  const commands = commandsOf(language);
  const [[program]] = commands as [[string]];
  if (!isOnPath(program) || !works(language)) return undefined;
  const cwd = putSource(language, code, 'host');
  return async () => {
    let printed = '';
    for (const [command, ...args] of commands as [string, ...string[]][]) {
      printed = (await exec(command, args, { cwd })).stdout;
    }
    check(language, printed, expected);
  };
}

/** `docker run --rm` with the source in a bind mount, and nothing hardened. */
export function byDockerRun(language: Language, code: string, expected: string): () => Promise<void> {
  const cwd = putSource(language, code, 'docker');
  const { compile, run } = language;
  const [command, ...args] = compile ? ['sh', '-c', commandsOf(language).map(toShell).join(' && ')] : run;
  const environment = Object.entries(language.env).flatMap(([name, value]) => ['--env', `${name}=${value}`]);
  const options = ['--rm', '--volume', `${cwd}:/work`, '--workdir', '/work', ...environment];
  return async () => {
    const words = ['run', ...options, '--entrypoint', command as string, imageName(language), ...args];
    check(language, (await exec('docker', words)).stdout, expected);
  };
}

const commandsOf = ({ compile, run }: Language): (readonly string[])[] => [
  ...(compile ? [splitCompile(compile).words] : []),
  run,
];

const toShell = (words: readonly string[]) => words.map((word) => `'${word}'`).join(' ');

function putSource({ id, file }: Language, code: string, place: string): string {
  const folder = mkdtempSync(join(OUTSIDE_FOLDER, `${id}-${place}-`));
  writeFileSync(join(folder, file), code);
  return folder;
}

function isOnPath(program: string): boolean {
  try {
    execFileSync('sh', ['-c', `command -v ${program}`], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** A host's interpreter may be too old for the image's arguments. */
function works(language: Language): boolean {
  const cwd = putSource(language, language.hello, 'try');
  try {
    for (const [command, ...args] of commandsOf(language)) {
      execFileSync(command as string, args, { cwd, stdio: 'ignore' });
    }
    return true;
  } catch {
    return false;
  }
}

function check({ id }: Language, printed: string, expected: string): void {
  if (printed !== expected) throw new Error(`${id} printed ${JSON.stringify(printed)}`);
}
