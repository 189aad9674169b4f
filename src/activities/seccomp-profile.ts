import { readFileSync } from 'node:fs';

/** Docker's names of the architectures that the profile serves, by Node's. */
const ARCHITECTURES: Partial<Record<NodeJS.Architecture, string>> = {
  x64: 'SCMP_ARCH_X86_64',
  arm64: 'SCMP_ARCH_AARCH64',
};

/**
 * The profile of `sandbox/seccomp.json` for one architecture, as the JSON text that Docker takes. One architecture, because
 * runc compiles the filter at each start and no program needs the 32-bit gates.
 */
export function readSeccompProfile(path: string, architecture: NodeJS.Architecture = process.arch): string {
  const name = ARCHITECTURES[architecture];
  if (name === undefined)
    throw new Error(`no seccomp profile for ${architecture}: x64 and arm64 are supported`);
  return JSON.stringify({ ...JSON.parse(readFileSync(path, 'utf8')), architectures: [name] });
}
