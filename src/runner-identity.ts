// How a process calls itself on the Temporal server. Its workers say so with each heartbeat, and a runner's host worker says
// what is wrong besides: "runner 4711@host problems=disk-full warnings=runc-old,core-pattern".
import { codesOf, type Finding, HOST_CODES, type HostCode } from './host-finding.js';

export type ProcessIdentity = {
  role: 'runner' | 'api';
  /** Process id and name, which together are one process's. */
  process: string;
  name: string;
  problems: HostCode[];
  warnings: HostCode[];
};

export function toIdentity(
  role: ProcessIdentity['role'],
  name: string,
  findings: readonly Finding[] = [],
): string {
  const codes = (severity: Finding['severity']) => {
    const found = codesOf(findings, severity);
    return found.length > 0 ? ` ${severity}s=${found.join(',')}` : '';
  };
  return `${role} ${process.pid}@${name}${codes('problem')}${codes('warning')}`;
}

/** Undefined when it is no identity of ours. Codes of another version, which are not known here, are left out. */
export function parseIdentity(identity: string): ProcessIdentity | undefined {
  const [, role, process, name, problems, warnings] = PATTERN.exec(identity) ?? [];
  if (process === undefined || name === undefined) return undefined;
  return {
    role: role as ProcessIdentity['role'],
    process,
    name,
    problems: knownCodes(problems),
    warnings: knownCodes(warnings),
  };
}

const PATTERN = /^(runner|api) (\d+@(\S+))(?: problems=(\S+))?(?: warnings=(\S+))?$/;

function knownCodes(list = ''): HostCode[] {
  const codes = list.split(',');
  return HOST_CODES.filter((code) => codes.includes(code));
}
