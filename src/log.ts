import { DefaultLogger, type Logger as TemporalLogger } from '@temporalio/worker';
import { type Logger, pino } from 'pino';

/** JSON lines on standard output. */
export function createLog(name: string, level: string): Logger {
  return pino({ name, level, base: null, timestamp: pino.stdTimeFunctions.isoTime });
}

/** Temporal's SDK logs into ours; what it tells at INFO is about itself, and debug for us. */
export function toTemporalLogger(log: Logger): TemporalLogger {
  return new DefaultLogger('INFO', ({ level, message, meta }) => {
    // Each of a runner's workers says so, and means to.
    if (message.startsWith('No workflows registered')) return;
    const { error, ...rest } = meta ?? {};
    const write = { TRACE: 'trace', DEBUG: 'debug', INFO: 'debug', WARN: 'warn', ERROR: 'error' } as const;
    log[write[level]]({ ...rest, err: error }, message);
  });
}
