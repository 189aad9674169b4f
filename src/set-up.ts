// What must be there before the service can start. Each step is skipped when it is done already.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type Docker from 'dockerode';
import { getTemporalServer } from '../temporal/get-server.js';
import type { Config } from './config.js';
import { configuredLanguages, type Language, servedLanguages } from './languages.js';
import { ensureImages } from './workers/build-images.js';
import { ensureDockerEngine } from './workers/docker-engine.js';

export type SetUp = {
  languages: Language[];
  /** Undefined where no runner is to be started. */
  docker: Docker | undefined;
  /** Undefined where a server's address is configured. */
  temporalExecutable: string | undefined;
};

/** Gets a Temporal server, a Docker engine and the languages' images, as far as the role needs them; `rebuild` makes the images anew. */
export async function setUp(
  config: Config,
  report: (line: string) => void,
  { rebuild = false } = {},
): Promise<SetUp> {
  const { role, temporal } = config;
  if (role !== 'all' && temporal.address === undefined) {
    throw new Error(
      `ROLE=${role} joins a Temporal server that runs already: set TEMPORAL_ADDRESS=host:port.`,
    );
  }
  const data = resolve(config.root, config['data-folder']);
  mkdirSync(data, { recursive: true });
  const all = configuredLanguages(config);
  const unknown = config.languages.filter(
    (id) => id !== 'all' && !all.some((language) => language.id === id),
  );
  if (unknown.length > 0)
    throw new Error(`languages: there is no folder ${unknown[0]} in languages/ or in languages-folder.`);
  const languages = servedLanguages(all, config.languages);
  const temporalExecutable = temporal.address ? undefined : await getTemporalServer(`${data}/cache`, report);
  if (role === 'api') return { languages, docker: undefined, temporalExecutable };
  const docker = await ensureDockerEngine({ logFile: `${data}/dockerd.log` }, report);
  await ensureImages(docker, languages, report, { rebuild, dependencies: config.dependencies.enabled });
  return { languages, docker, temporalExecutable };
}
