import { lookup } from 'node:dns/promises';
import { Runtime, type TelemetryOptions } from '@temporalio/worker';
import type { Logger } from 'pino';
import { toTemporalLogger } from './log.js';

/** So often a process tells the server how many slots it has and how many are taken. */
const TELL_SLOTS_EVERY = '1s';

/** Temporal's SDK in this process: it logs through us, and serves metrics of its own where a port is given. */
export async function installTemporalRuntime(
  log: Logger,
  metrics: { host: string; port: number | undefined },
): Promise<void> {
  Runtime.install({
    logger: toTemporalLogger(log),
    shutdownSignals: [],
    workerHeartbeatInterval: TELL_SLOTS_EVERY,
    telemetryOptions: metrics.port === undefined ? {} : await serveMetrics(metrics.host, metrics.port),
  });
}

async function serveMetrics(host: string, port: number): Promise<TelemetryOptions> {
  const { address, family } = await lookup(host);
  const prometheus = {
    bindAddress: `${family === 6 ? `[${address}]` : address}:${port}`,
    countersTotalSuffix: true,
    unitSuffix: true,
    useSecondsForDurations: true,
  };
  return { metrics: { prometheus } };
}
