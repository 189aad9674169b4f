import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Docker's names of the architectures that the profiles serve, by Node's. */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = {
  x64: 'SCMP_ARCH_X86_64',
  arm64: 'SCMP_ARCH_AARCH64',
};

/**
 * The profile in a folder (`sandbox/`) for one architecture, as the JSON text that Docker takes. One architecture, because
 * runc compiles the filter at each start and no program needs the 32-bit gates. With `cells` it allows the supervisor what
 * making a cell takes; programs are refused that by a filter of the supervisor's.
 */
export function readSeccompProfile(
  folder: string,
  { cells, architecture = process.arch }: { cells: boolean; architecture?: NodeJS.Architecture },
): string {
  const name = ARCHITECTURES[architecture];
  if (name === undefined)
    throw new Error(`no seccomp profile for ${architecture}: x64 and arm64 are supported`);
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  const profile = read('seccomp.json');
  const syscalls = cells ? [...profile.syscalls, ...read('seccomp-cells.json')] : profile.syscalls;
  return JSON.stringify({ ...profile, syscalls, architectures: [name] });
}
