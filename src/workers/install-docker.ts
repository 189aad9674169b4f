import { aptInstall, canAptInstall, hasProgram } from './apt-install.js';

/** Debian's packages, by the program that each is needed for. */
const PACKAGES = { dockerd: 'docker.io', iptables: 'iptables' };

/**
 * Installs Debian's Docker engine where it is missing.
 * @throws Error that tells what to install.
 */
export async function installDocker(report: (line: string) => void): Promise<void> {
  const missing = Object.entries(PACKAGES).flatMap(([program, name]) => (hasProgram(program) ? [] : [name]));
  if (missing.length === 0) return;
  if (!canAptInstall()) {
    throw new Error('Docker: no engine is installed. Install Docker Engine 20.10 or newer and start it.');
  }
  const started = performance.now();
  report(`Docker: installing ${missing.join(' and ')}`);
  await aptInstall(missing);
  report(`Docker: installed in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}
