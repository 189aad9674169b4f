import { Redis } from 'ioredis';
import type { Logger } from 'pino';

/** A command that takes longer has failed. */
const COMMAND_TIMEOUT_MS = 250;
/** A connection that is silent for so long while an answer is due is given up, so that later requests do not wait at all. */
const SILENCE_TIMEOUT_MS = 500;
const CONNECT_TIMEOUT_MS = 1_000;
const LONGEST_RETRY_WAIT_MS = 2_000;

/** A connection that fails at once while Redis is away, and comes back by itself. */
export function connectRedis(url: string, log: Logger): Redis {
  const redis = new Redis(url, {
    commandTimeout: COMMAND_TIMEOUT_MS,
    socketTimeout: SILENCE_TIMEOUT_MS,
    connectTimeout: CONNECT_TIMEOUT_MS,
    retryStrategy: (attempt) => Math.min(100 * attempt, LONGEST_RETRY_WAIT_MS),
    maxRetriesPerRequest: 0,
    // What failed was counted elsewhere and must not be counted again later.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
  });
  // Without a listener each failed attempt would be printed. The message alone: commands have their arguments with them.
  redis.on('error', ({ message }: Error) => log.debug({ reason: message }, 'connection to Redis'));
  return redis;
}
