import { readFileSync } from 'node:fs';
import { finding } from '../../host-finding.js';
import type { HostCheck } from './host-check.js';

const PATH = '/proc/sys/kernel/core_pattern';

/** Where the kernel of this host leaves the memory of programs that crash. Containers share the setting. */
export function checkCorePattern(): HostCheck {
  return judgeCorePattern(readFileSync(PATH, 'utf8').trim());
}

/**
 * To a pipe or a socket the kernel feeds every core, whatever the limit of its size, but for one of exactly 1 byte (core(5),
 * fs/coredump.c). Containers have that one; a program can still set 0.
 */
export function judgeCorePattern(pattern: string): HostCheck {
  const isFed = pattern.startsWith('|') || pattern.startsWith('@');
  const text = `${PATH} is "${pattern}": a program that sets its core limit to 0 and crashes has its memory fed to that helper, as root and outside the container. Set it to a file name (sysctl kernel.core_pattern=core).`;
  return {
    title: 'core_pattern',
    fact: `"${pattern}", ${isFed ? 'a helper' : 'a file, which the core limit prevents'}`,
    findings: isFed ? [finding('core-pattern', text)] : [],
  };
}
