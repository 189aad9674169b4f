// Entry of an API process: HTTP in front, the Temporal client and the workflow worker on one connection behind.

import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from '@temporalio/client';
import { createHttpTerminator } from 'http-terminator';
import type { CodeRules } from '../code-rules.js';
import { loadConfig } from '../config.js';
import { createFinishedJobs } from '../finished-jobs.js';
import { configuredLanguages, servedLanguages } from '../languages.js';
import { createLog } from '../log.js';
import { createApiMetrics } from '../metrics.js';
import { openPayloads } from '../payloads/payloads.js';
import { runEntry } from '../run-entry.js';
import { connectTemporal } from '../temporal-connection.js';
import { installTemporalRuntime } from '../temporal-runtime.js';
import { untilStopped } from '../until-stopped.js';
import { createWorkflowWorker } from '../workers/workflow-worker.js';
import { createApiKeys } from './api-keys.js';
import { createApp } from './app.js';
import { createHttpServer } from './http-server.js';
import { createJobClient } from './job-client.js';
import { createLanguagesReader } from './known-languages.js';
import { createWorkersReader } from './live-workers.js';
import { createLoadReader } from './load-reader.js';
import { createMembersReader } from './members.js';
import { observeJobs } from './observe-jobs.js';
import { createRateLimiter } from './rate-limiter.js';

async function run(): Promise<void> {
  const config = loadConfig();
  const log = createLog('api', config.log.level);
  await installTemporalRuntime(log, { host: config.http.host, port: config.temporal['metrics-port'] });
  const payloads = await openPayloads(config, log);
  const stopped = untilStopped();
  const keys = createApiKeys(config, log);
  const { 'max-requests': maxRequests, 'redis-url': redisUrl } = config.security['rate-limit'];
  const limiter = createRateLimiter({ redisUrl, log });
  const all = configuredLanguages(config);
  const languages = servedLanguages(all, config.languages);
  const absent = all.filter((language) => !languages.includes(language));
  const { enabled, 'timeout-seconds': timeLimitS } = config.dependencies;
  const rules: CodeRules = {
    languages,
    absent,
    dangerousPatterns: config.security['dangerous-patterns'],
    ...(enabled ? { dependencies: { timeLimitMs: timeLimitS * 1000 } } : {}),
  };

  const connection = await connectTemporal(config, log);
  const { namespace } = config.temporal;
  const finishedJobs = createFinishedJobs();
  const client = new Client({ connection, namespace, dataConverter: payloads.dataConverter });
  const readWorkers = createWorkersReader(client);
  const metrics = createApiMetrics(
    languages,
    createLoadReader({ client, languages, log }),
    payloads.readHeld,
  );
  const observe = observeJobs(metrics, languages, finishedJobs);
  const worker = await createWorkflowWorker({ connection, namespace, payloads, rules, observe });
  const jobs = createJobClient({ client, finishedJobs, metrics, ttlMs: config.jobs.ttl });
  const sweeping = payloads.startSweeping();
  let stopping = false;
  const server = createHttpServer(
    createApp({
      keys,
      jobs,
      readMembers: createMembersReader(readWorkers, languages),
      readLanguages: createLanguagesReader(readWorkers, rules),
      rules,
      rateLimit: {
        limiter,
        maxRequests,
        onLimited: ({ name }) => metrics.rateLimitHits.inc({ api_key: name }),
      },
      maxOpenRequests: config.http['max-open-requests'],
      maxBodyBytes: config.http['max-bodies-mb'] * 2 ** 20,
      origins: config.http['cors-origins'],
      metrics,
      log,
      stopping: () => stopping,
    }),
    { maxConnections: config.http['max-connections'], log },
  );
  const terminator = createHttpTerminator({ server, gracefulTerminationTimeout: 20_000 });
  const running = worker.run();
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject).listen(config.http.port, config.http.host, resolve);
  });
  const { port } = server.address() as AddressInfo;
  log.info({ host: config.http.host, port }, 'API listens');
  process.send?.({ port });

  log.info({ reason: await Promise.race([stopped, running.then(() => 'worker ended')]) }, 'API stops');
  stopping = true;
  // Who balances load sees that this process is not ready before it refuses connections.
  await sleep(config.http['stop-delay']);
  await terminator.terminate();
  if (worker.getState() === 'RUNNING') worker.shutdown();
  await running;
  await connection.close();
  sweeping.stop();
  limiter.stop();
  keys.stop();
}

runEntry(run);
