// Makes what the live tests need by the same steps as ./deploy.sh, and starts one service for all of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { loadConfig } from '../../src/config.js';
import { setUp } from '../../src/set-up.js';
import { startService } from '../../src/start-service.js';

export type TestService = {
  apiUrl: string;
  apiPid: number;
  temporalAddress: string;
  temporalExecutable: string;
  dataFolder: string;
  runnerName: string;
};

declare module 'vitest' {
  interface ProvidedContext {
    service: TestService;
  }
}

/** The seed's six, and all others. */
export const LANGUAGES = 'java,python,ruby,perl,javascript,php,bash,c,cpp,go';

/** Settings of a service beside any other on this machine: ports, names and data of its own. */
export function testEnvironment(dataFolder: string, runnerName: string): NodeJS.ProcessEnv {
  const { TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE, API_KEYS, ROLE, CONFIG_FILE, ...environment } = process.env;
  return {
    ...environment,
    LANGUAGES,
    DATA_FOLDER: dataFolder,
    RUNNER_NAME: runnerName,
    HTTP_PORT: '0',
    TEMPORAL_PORT: '0',
    TEMPORAL_UI_PORT: '0',
    RUNNER_METRICS_PORT: '0',
    RATE_LIMIT_MAX_REQUESTS: '100000',
    LOG_LEVEL: 'debug',
  };
}

export default async function setUpService(project: TestProject): Promise<() => Promise<void>> {
  return startTestService(project, LANGUAGES);
}

/** Builds these languages' images and starts a service that has them; answers with what ends it. */
export async function startTestService(
  { provide }: TestProject,
  languages: string,
): Promise<() => Promise<void>> {
  const report = (line: string) => console.log(line);
  // The server's executable is kept where ./deploy.sh keeps it, everything else goes with the tests.
  const { temporalExecutable } = await setUp(loadConfig({ LANGUAGES: languages }), report);
  const dataFolder = mkdtempSync(join(tmpdir(), 'braindrill-test-'));
  const runnerName = `test-${process.pid}`;
  const environment = { ...testEnvironment(dataFolder, runnerName), LANGUAGES: languages };
  const config = loadConfig(environment);
  const service = await startService({ config, environment, temporalExecutable, report });
  const { temporalAddress, apiUrl } = service;
  provide('service', {
    apiUrl: apiUrl as string,
    apiPid: service.processes.api?.pid as number,
    temporalAddress,
    temporalExecutable: temporalExecutable as string,
    dataFolder,
    runnerName,
  });
  return async () => {
    await service.stop();
    rmSync(dataFolder, { recursive: true });
  };
}
