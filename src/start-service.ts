// Starts what a role needs, in order, and stops it in the opposite one: Temporal server, API, runner.
import { mkdirSync } from 'node:fs';
import { resolve } from 'node:path';
import { Connection } from '@temporalio/client';
import { setUpNamespace } from '../temporal/set-up-namespace.js';
import { startTemporalServer } from '../temporal/start-server.js';
import type { Config } from './config.js';
import { type KeptProcess, keepRunning } from './keep-running.js';
import { startNode } from './start-node.js';

export type Service = {
  temporalAddress: string;
  /** Of the Web UI; undefined when the server is not ours. */
  webUrl: string | undefined;
  apiUrl: string | undefined;
  processes: { temporal?: KeptProcess; api?: KeptProcess; runner?: KeptProcess };
  /** Lets what runs end, then ends everything. */
  stop(): Promise<void>;
};

export type ServiceOptions = {
  config: Config;
  environment: NodeJS.ProcessEnv;
  /** Needed unless a server's address is configured. */
  temporalExecutable: string | undefined;
  report: (line: string) => void;
};

const API_STOP_MS = 35_000;
const RUNNER_STOP_MS = 45_000;

/** Starts the service of `config.role`; when a step fails, what was started is stopped again. */
export async function startService(options: ServiceOptions): Promise<Service> {
  const { config, report } = options;
  const processes: Service['processes'] = {};
  const stop = async () => {
    await processes.api?.stop();
    await processes.runner?.stop();
    await processes.temporal?.stop();
  };
  mkdirSync(dataFile(config, '.'), { recursive: true });
  try {
    const { address, webUrl } = await startTemporal(options, processes);
    const environment = {
      ...options.environment,
      TEMPORAL_ADDRESS: address,
      DATA_FOLDER: dataFile(config, '.'),
    };
    if (config.role !== 'api') {
      processes.runner = await keepRunning('runner', () => startRunner(config, environment), report);
    }
    let apiUrl: string | undefined;
    if (config.role !== 'runner') {
      const api = await startApi(config, environment, processes, report);
      apiUrl = `http://${config.http.host}:${api.port}`;
    }
    return { temporalAddress: address, webUrl, apiUrl, processes, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startTemporal(
  { config, temporalExecutable, report }: ServiceOptions,
  processes: Service['processes'],
): Promise<{ address: string; webUrl: string | undefined }> {
  const { address, namespace, port, 'ui-port': uiPort } = config.temporal;
  if (address !== undefined) {
    report(`Temporal server: the one at ${address}`);
    await prepareNamespace(address, config, report);
    return { address, webUrl: undefined };
  }
  if (temporalExecutable === undefined) throw new Error('No Temporal server: set TEMPORAL_ADDRESS.');
  const options = {
    executable: temporalExecutable,
    dbFile: dataFile(config, 'temporal.db'),
    logFile: dataFile(config, 'temporal.log'),
    port,
    uiPort,
    namespace,
  };
  let started = { address: '', webUrl: '' };
  const start = async () => {
    const server = await startTemporalServer(options, report);
    started = { address: server.address, webUrl: server.uiUrl };
    // Port 0 is any free port at the first start, and that same one ever after.
    options.port = portOf(server.address);
    options.uiPort = portOf(server.uiUrl);
    return server;
  };
  processes.temporal = await keepRunning('Temporal server', start, report);
  await prepareNamespace(started.address, config, report);
  return started;
}

async function prepareNamespace(
  address: string,
  config: Config,
  report: ServiceOptions['report'],
): Promise<void> {
  const connection = await Connection.connect({ address });
  try {
    await setUpNamespace(connection, config.temporal.namespace, config.jobs.ttl, report);
  } finally {
    await connection.close();
  }
}

function startRunner(config: Config, environment: NodeJS.ProcessEnv) {
  return startNode({
    script: `${config.root}/dist/src/workers/runner.js`,
    environment,
    logFile: dataFile(config, 'runner.log'),
    stopTimeoutMs: RUNNER_STOP_MS,
  });
}

async function startApi(
  config: Config,
  environment: NodeJS.ProcessEnv,
  processes: Service['processes'],
  report: ServiceOptions['report'],
): Promise<{ port: number }> {
  let { port } = config.http;
  const start = async () => {
    const api = await startNode({
      script: `${config.root}/dist/src/api/server.js`,
      environment: { ...environment, HTTP_PORT: `${port}` },
      logFile: dataFile(config, 'api.log'),
      stopTimeoutMs: API_STOP_MS,
    });
    ({ port } = api.ready as { port: number });
    return api;
  };
  processes.api = await keepRunning('API', start, report);
  return { port };
}

const portOf = (address: string) => Number(address.slice(address.lastIndexOf(':') + 1));

const dataFile = (config: Config, name: string) => resolve(config.root, config['data-folder'], name);
