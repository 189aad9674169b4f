import type Docker from 'dockerode';
import type { Config } from '../config.js';
import { configuredLanguages, type Language, servedLanguages } from '../languages.js';
import { askEngine, checkRuntimes } from './host-checks/check-engine.js';

/** The languages that a runner is to run, each with the runtime that is set for it. */
export function runnerLanguages(config: Config): Language[] {
  const wanted = servedLanguages(configuredLanguages(config), config.languages);
  const { runtime } = config.runner;
  return runtime === undefined ? wanted : wanted.map((language) => ({ runtime, ...language }));
}

/** @throws Error that names the setting when the engine does not have a language's runtime. */
export async function requireRuntimes(docker: Docker, languages: readonly Language[]): Promise<void> {
  const { findings } = checkRuntimes(await askEngine(docker), languages);
  if (findings.length > 0) throw new Error(findings.map(({ text }) => text).join('\n'));
}
