// How a process calls itself on the Temporal server. Its workers say so with each heartbeat. The worker of a language says of
// what version it is and when it last passed its test: "runner 4711@host version=3.13.5 tested=2026-01-31T09:30:00.000Z"; a
// runner's host worker what is wrong: "runner 4711@host problems=disk-full warnings=runc-old,core-pattern".
import { codesOf, type Finding, HOST_CODES, type HostCode } from './host-finding.js';

export type ProcessIdentity = {
  role: 'runner' | 'api';
  /** Process id and name, which together are one process's. */
  process: string;
  name: string;
  /** Of the worker's language. */
  version: string | undefined;
  /** When that language's hello world last ran well before its jobs were taken, RFC 3339. */
  testedAt: string | undefined;
  problems: HostCode[];
  warnings: HostCode[];
};

export function toIdentity(
  role: ProcessIdentity['role'],
  name: string,
  {
    findings = [],
    version,
    testedAt,
  }: { findings?: readonly Finding[]; version?: string; testedAt?: string } = {},
): string {
  const codes = (severity: Finding['severity']) => {
    const found = codesOf(findings, severity);
    return found.length > 0 ? ` ${severity}s=${found.join(',')}` : '';
  };
  const word = (key: string, value: string | undefined) =>
    value ? ` ${key}=${encodeURIComponent(value)}` : '';
  const language = word('version', version) + word('tested', testedAt);
  return `${role} ${process.pid}@${name}${language}${codes('problem')}${codes('warning')}`;
}

/** Undefined when it is no identity of ours. Codes of another version, which are not known here, are left out. */
export function parseIdentity(identity: string): ProcessIdentity | undefined {
  const [, role, process, name, version, testedAt, problems, warnings] = PATTERN.exec(identity) ?? [];
  if (process === undefined || name === undefined) return undefined;
  return {
    role: role as ProcessIdentity['role'],
    process,
    name,
    version: version && decodeURIComponent(version),
    testedAt: testedAt && decodeURIComponent(testedAt),
    problems: knownCodes(problems),
    warnings: knownCodes(warnings),
  };
}

const PATTERN =
  /^(runner|api) (\d+@(\S+))(?: version=(\S+))?(?: tested=(\S+))?(?: problems=(\S+))?(?: warnings=(\S+))?$/;

function knownCodes(list = ''): HostCode[] {
  const codes = list.split(',');
  return HOST_CODES.filter((code) => codes.includes(code));
}
