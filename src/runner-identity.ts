// How a process calls itself on the Temporal server. Its workers say so with each heartbeat, and a runner's host worker says
// besides which languages passed their test here, and what is wrong: "runner 4711@host versions=python:3.13.5,java:25
// tested=2026-01-31T09:30:00.000Z problems=disk-full warnings=runc-old,core-pattern".
import { codesOf, type Finding, HOST_CODES, type HostCode } from './host-finding.js';

/** Languages whose hello world ran well before their jobs were taken. */
export type ProvenLanguages = {
  /** As their images tell them, by language id; empty where an image does not. */
  versions: Record<string, string>;
  /** When the latest of them did, RFC 3339 in UTC. */
  testedAt: string;
};

export type ProcessIdentity = {
  role: 'runner' | 'api';
  /** Process id and name, which together are one process's. */
  process: string;
  name: string;
  /** Told by host workers only. */
  languages: ProvenLanguages | undefined;
  problems: HostCode[];
  warnings: HostCode[];
};

/** The server takes identities of 1,000 characters. */
const VERSIONS_CHARS = 750;

export function toIdentity(
  role: ProcessIdentity['role'],
  name: string,
  { findings = [], languages }: { findings?: readonly Finding[]; languages?: ProvenLanguages } = {},
): string {
  const codes = (severity: Finding['severity']) => {
    const found = codesOf(findings, severity);
    return found.length > 0 ? ` ${severity}s=${found.join(',')}` : '';
  };
  return `${role} ${process.pid}@${name}${toWords(languages)}${codes('problem')}${codes('warning')}`;
}

function toWords(languages: ProvenLanguages | undefined): string {
  let list = '';
  for (const [id, version] of Object.entries(languages?.versions ?? {})) {
    const one = `${list === '' ? '' : ','}${id}:${encodeURIComponent(version)}`;
    if (list.length + one.length <= VERSIONS_CHARS) list += one;
  }
  return list === '' || languages === undefined ? '' : ` versions=${list} tested=${languages.testedAt}`;
}

/** Undefined when it is no identity of ours. Codes of another version, which are not known here, are left out. */
export function parseIdentity(identity: string): ProcessIdentity | undefined {
  const [, role, process, name, versions, testedAt, problems, warnings] = PATTERN.exec(identity) ?? [];
  if (process === undefined || name === undefined) return undefined;
  return {
    role: role as ProcessIdentity['role'],
    process,
    name,
    languages:
      versions === undefined || testedAt === undefined
        ? undefined
        : { versions: parseVersions(versions), testedAt },
    problems: knownCodes(problems),
    warnings: knownCodes(warnings),
  };
}

const PATTERN =
  /^(runner|api) (\d+@(\S+))(?: versions=(\S+) tested=(\S+))?(?: problems=(\S+))?(?: warnings=(\S+))?$/;

function parseVersions(list: string): Record<string, string> {
  const pairs = list.split(',').map((pair) => pair.split(':'));
  return Object.fromEntries(pairs.map(([id = '', version = '']) => [id, decodeURIComponent(version)]));
}

function knownCodes(list = ''): HostCode[] {
  const codes = list.split(',');
  return HOST_CODES.filter((code) => codes.includes(code));
}
