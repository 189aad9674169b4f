// Counts each caller's requests of an hour: in this process, or in Redis when several API processes share the count.
import type { Logger } from 'pino';
import {
  type RateLimiterAbstract,
  RateLimiterMemory,
  RateLimiterRedis,
  RateLimiterRes,
} from 'rate-limiter-flexible';
import { connectRedis } from './connect-redis.js';

/** An hour that starts at a caller's first request. */
export const WINDOW_SECONDS = 3_600;

/** Where a caller stands after a request. */
export type RequestCount = {
  accepted: boolean;
  limit: number;
  remaining: number;
  /** Time until the count starts anew, in milliseconds. */
  resetMs: number;
  /** Takes the request off again; resolves with where the caller stands then. It never fails: at worst nothing is given back. */
  giveBack(): Promise<RequestCount>;
};

/** Counts one request of the caller of this id. Of any number at once, never more than `limit` are accepted. */
export type CountRequest = (id: string, limit: number) => Promise<RequestCount>;

export type RateLimiter = { count: CountRequest; stop(): void };

/** Counts in memory, or in Redis if there is a URL: then in memory only while Redis does not answer. */
export function createRateLimiter(options: { redisUrl?: string | undefined; log: Logger }): RateLimiter {
  const { redisUrl, log } = options;
  const inMemory = createCounter((points) => new RateLimiterMemory({ points, duration: WINDOW_SECONDS }));
  if (redisUrl === undefined) return { count: inMemory, stop: () => {} };
  const redis = connectRedis(redisUrl, log);
  const inRedis = createCounter(
    (points) =>
      new RateLimiterRedis({
        storeClient: redis,
        rejectIfRedisNotReady: true,
        keyPrefix: 'braindrill:requests',
        points,
        duration: WINDOW_SECONDS,
      }),
  );
  return { count: insure(inRedis, inMemory, log), stop: () => redis.disconnect() };
}

/**
 * Nothing is given back when the hour is that close to its end. A store that is slow could otherwise take it off the next
 * hour's count, which would then let one more through.
 */
const GIVE_BACK_MARGIN_MS = 2_000;

/** Limits differ between callers, and each limit has a limiter of its own. */
function createCounter(createLimiter: (limit: number) => RateLimiterAbstract): CountRequest {
  const limiters = new Map<number, RateLimiterAbstract>();

  return async (id, limit) => {
    const limiter = limiters.get(limit) ?? createLimiter(limit);
    limiters.set(limit, limiter);
    const { accepted, counted } = await consume(limiter, id);
    const resetAt = performance.now() + counted.msBeforeNext;
    const toCount = ({ remainingPoints, msBeforeNext }: RateLimiterRes): RequestCount => ({
      accepted,
      limit,
      remaining: remainingPoints,
      resetMs: msBeforeNext,
      giveBack,
    });
    async function giveBack(): Promise<RequestCount> {
      if (resetAt - performance.now() < GIVE_BACK_MARGIN_MS) return toCount(counted);
      return toCount(await limiter.reward(id).catch(() => counted));
    }
    // The limiters count refused requests too; then what an accepted one gives back would help nobody.
    if (!accepted) await giveBack();
    return toCount(counted);
  };
}

/** @throws Error when the store failed. */
async function consume(limiter: RateLimiterAbstract, id: string) {
  try {
    return { accepted: true, counted: await limiter.consume(id) };
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return { accepted: false, counted: refusal };
  }
}

/** Not the limiter's own insurance: a request has to be given back to the store that counted it. */
function insure(first: CountRequest, second: CountRequest, log: Logger): CountRequest {
  let away = false;
  return async (id, limit) => {
    try {
      const count = await first(id, limit);
      if (away) log.warn('Redis answers again: requests are counted there');
      away = false;
      return count;
    } catch (error) {
      // The message alone: a command's error carries its arguments.
      const reason = error instanceof Error ? error.message : 'unknown';
      if (!away) log.error({ reason }, 'Redis does not answer: each API process counts requests by itself');
      away = true;
      return second(id, limit);
    }
  };
}
