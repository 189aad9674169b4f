import { createServer } from 'node:net';
import type { Config } from '../config.js';
import type { DoctorLine } from './doctor-line.js';
import { findPortOwner } from './port-owner.js';

type Port = { what: string; variable: string; host: string; port: number };

/** The ports that the configured role listens on: free, or this service's already, or somebody else's. */
export async function checkPorts(config: Config): Promise<DoctorLine[]> {
  return Promise.all(portsOf(config).map(checkPort));
}

function portsOf({ role, http, temporal, runner }: Config): Port[] {
  const loopback = '127.0.0.1';
  const ports: Port[] = [];
  if (temporal.address === undefined) {
    ports.push({ what: 'Temporal', variable: 'TEMPORAL_PORT', host: loopback, port: temporal.port });
    ports.push({ what: 'Web UI', variable: 'TEMPORAL_UI_PORT', host: loopback, port: temporal['ui-port'] });
  }
  if (role !== 'runner') {
    ports.push({ what: 'API', variable: 'HTTP_PORT', host: http.host, port: http.port });
  }
  if (role !== 'api') {
    const { 'metrics-host': host, 'metrics-port': port } = runner;
    ports.push({ what: 'metrics of the runner', variable: 'RUNNER_METRICS_PORT', host, port });
  }
  return ports;
}

/** Command lines of what ./deploy.sh starts. */
const OURS = /dist\/src\/(api\/server|workers\/runner)\.js|server start-dev/;

async function checkPort({ what, variable, host, port }: Port): Promise<DoctorLine> {
  const title = `port ${port}`;
  if (port === 0) return { level: 'ok', title, text: `${what}: any free one` };
  const problem = await tryToListen(host, port);
  if (problem === undefined) return { level: 'ok', title, text: `${what}: free` };
  if (problem !== 'EADDRINUSE') {
    const text = `${what}: nothing can listen on ${host}:${port} (${problem}); set ${variable}, or the host.`;
    return { level: 'problem', title, text };
  }
  const owner = findPortOwner(port);
  const who = owner
    ? `process ${owner.pid}, ${owner.command.slice(0, 100)}`
    : 'a process that is not seen here';
  if (owner && OURS.test(owner.command)) return { level: 'ok', title, text: `${what}: runs, ${who}` };
  return { level: 'problem', title, text: `${what}: taken by ${who}. End it, or set ${variable}.` };
}

function tryToListen(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}
