// What source code must be like to be accepted: the checks of POST /lang and POST /jobs, and again of the workflow.
import { findLanguage, howToAdd, type Language } from './languages.js';
import { shorten } from './shorten.js';

export const MAX_CODE_BYTES = 102_400;
export const MAX_CODE_CHARS = 50_000;

export type CodeRules = {
  /** Those that are served. */
  languages: readonly Language[];
  /** Those that could be. */
  absent?: readonly Language[];
  dangerousPatterns: readonly string[];
  /** Unset: a job may bring no dependencies along. */
  dependencies?: DependencyRules;
};

export type DependencyRules = {
  /** How long it may take to get them, in milliseconds. */
  timeLimitMs: number;
};

export type RefusalType =
  | 'unsupported_language'
  | 'code_size_bytes'
  | 'code_size_chars'
  | 'empty_code'
  | 'dangerous_pattern'
  | 'invalid_encoding'
  | 'job_size'
  | 'file_clash'
  | 'raised_limit'
  | 'no_entrypoint'
  | 'not_for_language'
  | 'manifest';

/** Why code was refused; the message is for the caller. */
export class CodeRefused extends Error {
  override name = 'CodeRefused';
  constructor(
    readonly type: RefusalType,
    message: string,
  ) {
    super(message);
  }
}

/**
 * Checks language and code in the contract's order and answers with the language.
 * @throws CodeRefused at the first rule that is broken.
 */
export function parseCode(code: string, languageName: string, rules: CodeRules): Language {
  const language = parseLanguage(languageName, rules);
  checkCode(code, rules);
  return language;
}

/** @throws CodeRefused at the first rule that is broken. */
export function checkCode(code: string, rules: CodeRules): void {
  refuseOversize(Buffer.byteLength(code));
  if (code.length > MAX_CODE_CHARS) {
    throw new CodeRefused(
      'code_size_chars',
      `Code exceeds maximum of ${MAX_CODE_CHARS} characters (got ${code.length})`,
    );
  }
  if (code.trim() === '') throw new CodeRefused('empty_code', 'Code cannot be empty');
  refusePatterns(code, rules.dangerousPatterns);
  if (!code.isWellFormed()) throw new CodeRefused('invalid_encoding', 'Code is not valid Unicode');
}

/** @throws CodeRefused when no such language is present. */
export function parseLanguage(name: string, { languages, absent = [] }: CodeRules): Language {
  const language = findLanguage(languages, name);
  if (language) return language;
  const supported = languages.map(({ id }) => id).join(', ');
  const other = findLanguage(absent, name);
  const how = other === undefined ? '' : `. ${howToAdd(other, languages)}`;
  throw new CodeRefused(
    'unsupported_language',
    `Unsupported language: ${shorten(name)}. Supported: ${supported}${how}`,
  );
}

/** @throws CodeRefused when code of `bytes` bytes is too large. */
export function refuseOversize(bytes: number): void {
  if (bytes <= MAX_CODE_BYTES) return;
  const got = Math.floor(bytes / 1024);
  throw new CodeRefused('code_size_bytes', `Code size exceeds maximum of 100 KB (got ${got} KB)`);
}

function refusePatterns(code: string, patterns: readonly string[]): void {
  const lower = code.toLowerCase();
  const hit = patterns.find((pattern) => lower.includes(pattern.toLowerCase()));
  if (hit === undefined) return;
  throw new CodeRefused('dangerous_pattern', `Code contains potentially dangerous pattern: ${hit}`);
}
