import { readFileSync } from 'node:fs';
import { finding } from '../../host-finding.js';
import type { HostCheck } from './host-check.js';

const PATH = '/proc/sys/kernel/core_pattern';

/** Where the kernel of this host leaves the memory of programs that crash. Containers share the setting. */
export function checkCorePattern(): HostCheck {
  return judgeCorePattern(readFileSync(PATH, 'utf8').trim());
}

/**
 * The limit of core files is not for helpers (core(5)): a pipe gets every core, but for a limit of exactly 1 byte, which a job's
 * container has and cannot change; a socket (Linux 6.16) gets them all. Both were measured on 6.18.
 */
export function judgeCorePattern(pattern: string): HostCheck {
  const title = 'core_pattern';
  if (pattern.startsWith('@')) {
    const text = `${PATH} is "${pattern}": the memory of each program that crashes is sent to that socket, out of its container, whatever its limits. Set it to a file name (sysctl kernel.core_pattern=core).`;
    return { title, fact: 'a socket', findings: [finding('core-pattern', text)] };
  }
  const kind = pattern.startsWith('|') ? 'a helper' : 'a file';
  return { title, fact: `"${pattern}", ${kind}, which gets nothing from containers`, findings: [] };
}
