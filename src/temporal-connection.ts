import { type ClientConnectConfig, loadClientConnectConfig } from '@temporalio/envconfig';
import { NativeConnection } from '@temporalio/worker';
import type { Logger } from 'pino';
import type { Config } from './config.js';

const RETRY_MS = 500;

/**
 * Connects to the Temporal server, waiting for it as long as it takes. TLS and API key are read as Temporal's CLI reads
 * them (TEMPORAL_TLS_*, TEMPORAL_API_KEY, its configuration file).
 */
export async function connectTemporal({ temporal }: Config, log: Logger): Promise<NativeConnection> {
  const { connectionOptions } = loadClientConnectConfig();
  const options = { ...connectionOptions, ...(temporal.address ? { address: temporal.address } : {}) };
  for (let attempt = 1; ; attempt++) {
    try {
      return await connect(options);
    } catch (error) {
      if (attempt % 10 === 1)
        log.warn({ err: error, address: options.address }, 'Temporal does not answer, trying again');
      await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
    }
  }
}

/** The environment's options are for the pure-JavaScript connection; those a worker's connection knows are the same. */
function connect({
  address,
  tls,
  apiKey,
  metadata,
}: ClientConnectConfig['connectionOptions']): Promise<NativeConnection> {
  return NativeConnection.connect({
    ...(address ? { address } : {}),
    ...(tls === undefined || tls === null ? {} : { tls }),
    ...(typeof apiKey === 'string' ? { apiKey } : {}),
    ...(metadata ? { metadata } : {}),
  });
}
