// How a process calls itself on the Temporal server. Its workers say so with each heartbeat, and a runner's host worker says
// besides which languages passed their test here, and what is wrong: "runner 4711@host versions=python-libraries:3.13.5,java:25
// libraries=python-libraries:2.2.4;2.2.3 tested=2026-01-31T09:30:00.000Z problems=disk-full warnings=runc-old,core-pattern".
import { codesOf, type Finding, HOST_CODES, type HostCode } from './host-finding.js';

/** Languages whose hello world ran well before their jobs were taken. */
export type ProvenLanguages = {
  /** As their images tell them, by language id; empty where an image does not. */
  versions: Record<string, string>;
  /** The versions of each one's libraries, in the order of its file; not of all when that is too much to tell. */
  libraries: Record<string, string[]>;
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

/** The server takes identities of 1,000 characters. Those of libraries get what those of languages leave. */
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
  if (languages === undefined) return '';
  const versions = Object.entries(languages.versions).map(([id, version]) => [
    id,
    encodeURIComponent(version),
  ]);
  const list = joinUpTo(VERSIONS_CHARS, versions);
  const libraries = Object.entries(languages.libraries).flatMap(([id, versions]) =>
    versions.length > 0 ? [[id, versions.map(encodeURIComponent).join(';')]] : [],
  );
  const others = joinUpTo(VERSIONS_CHARS - list.length, libraries);
  const words = [list && ` versions=${list}`, others && ` libraries=${others}`];
  return list === '' ? '' : `${words.join('')} tested=${languages.testedAt}`;
}

/** "python:3.13.5,java:25", without those for which there is no room. */
function joinUpTo(chars: number, pairs: string[][]): string {
  let list = '';
  for (const pair of pairs) {
    const one = `${list === '' ? '' : ','}${pair.join(':')}`;
    if (list.length + one.length <= chars) list += one;
  }
  return list;
}

/** Undefined when it is no identity of ours. Codes of another version, which are not known here, are left out. */
export function parseIdentity(identity: string): ProcessIdentity | undefined {
  const [, role, process, name, versions, libraries, testedAt, problems, warnings] =
    PATTERN.exec(identity) ?? [];
  if (process === undefined || name === undefined) return undefined;
  return {
    role: role as ProcessIdentity['role'],
    process,
    name,
    languages:
      versions === undefined || testedAt === undefined
        ? undefined
        : {
            versions: mapValues(parsePairs(versions), decodeURIComponent),
            libraries: mapValues(parsePairs(libraries), (list) => list.split(';').map(decodeURIComponent)),
            testedAt,
          },
    problems: knownCodes(problems),
    warnings: knownCodes(warnings),
  };
}

const PATTERN =
  /^(runner|api) (\d+@(\S+))(?: versions=(\S+?)(?: libraries=(\S+))? tested=(\S+))?(?: problems=(\S+))?(?: warnings=(\S+))?$/;

function parsePairs(list = ''): [string, string][] {
  const pairs = list
    .split(',')
    .filter(Boolean)
    .map((pair) => pair.split(':'));
  return pairs.map(([id = '', value = '']) => [id, value]);
}

function mapValues<T>(pairs: [string, string][], toValue: (text: string) => T): Record<string, T> {
  return Object.fromEntries(pairs.map(([id, text]) => [id, toValue(text)]));
}

function knownCodes(list = ''): HostCode[] {
  const codes = list.split(',');
  return HOST_CODES.filter((code) => codes.includes(code));
}
