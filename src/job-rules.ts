// What a job must be like to be accepted: its code, and what it asks for beside it. Checked of POST /jobs and again of the workflow.
import { CodeRefused, type CodeRules, checkCode, parseLanguage } from './code-rules.js';
import type { JobRequest } from './job.js';
import type { JobFile } from './job-fields.js';
import { takesEntrypoint } from './language-commands.js';
import { type Language, withDependencies } from './languages.js';
import { parseManifestOf } from './manifests/manifest-of.js';
import { shorten } from './shorten.js';

/** Of the job as JSON. What is large of that is kept beside Temporal, see payloads/. */
export const MAX_JOB_BYTES = 9 * 1024 * 1024;

/**
 * Checks a job and answers with its language.
 * @throws CodeRefused at the first rule that is broken.
 */
export function parseJob(request: JobRequest, rules: CodeRules): Language {
  const { code, entrypoint, files = [], compile_flags } = request;
  const known = parseLanguage(request.language, rules);
  const language = request.manifest === undefined ? known : withDependencies(known);
  if (code !== undefined) checkCode(code, rules);
  if (entrypoint !== undefined) checkCode(findSource(entrypoint, files, language), rules);
  if (compile_flags !== undefined && language.compile === undefined)
    throw new CodeRefused('not_for_language', `compile_flags: ${language.id} has no compile step`);
  const bytes = Buffer.byteLength(JSON.stringify(request));
  if (bytes > MAX_JOB_BYTES) {
    const got = Math.ceil(bytes / 1024);
    throw new CodeRefused(
      'job_size',
      `Job exceeds maximum of ${MAX_JOB_BYTES / 1024} KB as JSON (got ${got} KB)`,
    );
  }
  refuseClashes([...(code === undefined ? [] : [language.file]), ...files.map(({ path }) => path)]);
  if (request.manifest !== undefined) checkManifest(request, language, rules);
  const { limits } = language;
  refuseRaised('time_limit_ms', request.time_limit_ms, limits.timeLimitMs, language);
  refuseRaised('memory_bytes', request.memory_bytes, limits.memoryBytes, language);
  return known;
}

/** The text of the file that a job begins with: it is held to the rules for code. */
function findSource(entrypoint: string, files: readonly JobFile[], language: Language): string {
  if (!takesEntrypoint(language)) {
    const { id, file } = language;
    throw new CodeRefused(
      'not_for_language',
      `entrypoint: ${id} takes no other file than ${file} to begin with`,
    );
  }
  const file = files.find(({ path }) => path === entrypoint);
  if (file === undefined)
    throw new CodeRefused('no_entrypoint', `entrypoint: no file ${shorten(entrypoint)} among files`);
  if (file.encoding !== 'base64') return file.content;
  try {
    return utf8.decode(Buffer.from(file.content, 'base64'));
  } catch {
    throw new CodeRefused('invalid_encoding', 'Code is not valid UTF-8');
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function checkManifest(request: JobRequest, language: Language, { dependencies }: CodeRules): void {
  try {
    if (dependencies === undefined) throw new Error('dependencies are switched off here');
    parseManifestOf(request, language);
  } catch (error) {
    throw new CodeRefused('manifest', `manifest: ${(error as Error).message}`);
  }
}

function refuseRaised(field: string, asked: number | undefined, most: number, { id }: Language): void {
  if (asked !== undefined && asked > most)
    throw new CodeRefused('raised_limit', `${field}: at most ${most} for ${id}`);
}

/** Two files for one path, however it is written, or a file where another one needs a folder. */
function refuseClashes(paths: readonly string[]): void {
  const files = new Set<string>();
  const folders = new Set<string>();
  for (const path of paths) {
    const normal = path.normalize('NFC');
    const parts = normal.split('/');
    const above = parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
    if (files.has(normal) || folders.has(normal) || above.some((folder) => files.has(folder)))
      throw new CodeRefused('file_clash', `files: two files for one path: ${shorten(path)}`);
    files.add(normal);
    for (const folder of above) folders.add(folder);
  }
}
