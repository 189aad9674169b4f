import { Connection } from '@temporalio/client';
import { loadClientConnectConfig } from '@temporalio/envconfig';
import type { Config } from '../config.js';
import type { DoctorLine } from './doctor-line.js';

const TIME_LIMIT_MS = 3_000;

/** The Temporal server that is configured, or the one that ./deploy.sh starts. */
export async function checkTemporal({ temporal }: Pick<Config, 'temporal'>): Promise<DoctorLine[]> {
  const address = temporal.address ?? `127.0.0.1:${temporal.port}`;
  const title = 'temporal';
  try {
    return [{ title, ...(await ask(address, temporal.namespace)) }];
  } catch (error) {
    if (temporal.address === undefined) {
      return [{ level: 'ok', title, text: `no server runs at ${address}; ./deploy.sh starts one` }];
    }
    const problem = (error as Error).message;
    const text = `No server answers at ${address} (${problem}): start it, or correct TEMPORAL_ADDRESS.`;
    return [{ level: 'problem', title, text }];
  }
}

async function ask(address: string, namespace: string): Promise<Pick<DoctorLine, 'level' | 'text'>> {
  const { connectionOptions } = loadClientConnectConfig();
  const connection = await Connection.connect({
    ...connectionOptions,
    address,
    connectTimeout: TIME_LIMIT_MS,
  });
  const call = <T>(request: () => Promise<T>) => connection.withDeadline(Date.now() + TIME_LIMIT_MS, request);
  const { workflowService } = connection;
  try {
    const { serverVersion } = await call(() => workflowService.getSystemInfo({}));
    const server = `server ${serverVersion} answers at ${address}`;
    return await call(() => workflowService.describeNamespace({ namespace })).then(
      () => ({ level: 'ok', text: `${server}, namespace ${namespace}` }),
      ({ message }: Error) => ({
        level: 'warning',
        text: `The ${server}, but has no namespace ${namespace} (${message}): ./deploy.sh makes it.`,
      }),
    );
  } finally {
    await connection.close();
  }
}
