// Entry of `npm run print-config`: the settings in force, as YAML that application.yaml would take, secrets hidden.
import { stringify } from 'yaml';
import { type Config, loadConfig } from './config.js';
import { runEntry } from './run-entry.js';

async function run(): Promise<void> {
  process.stdout.write(stringify(toPrintable(loadConfig())));
}

function toPrintable({ root, http, security, jobs, dependencies, ...config }: Config) {
  const { 'api-keys': keys, 'rate-limit': rateLimit, ...others } = security;
  const { 'redis-url': redisUrl } = rateLimit;
  const { proxy, registries } = dependencies;
  return {
    ...config,
    http: { ...http, 'stop-delay': toSeconds(http['stop-delay']) },
    security: {
      ...others,
      ...(keys && { 'api-keys': keys.map(({ name }) => `${name}:(hidden)`) }),
      'rate-limit': { ...rateLimit, ...(redisUrl && { 'redis-url': hidePassword(redisUrl) }) },
    },
    dependencies: {
      ...dependencies,
      ...(proxy && { proxy: hidePassword(proxy) }),
      registries: Object.fromEntries(Object.entries(registries).map(([id, url]) => [id, hidePassword(url)])),
    },
    jobs: { ...jobs, ttl: toSeconds(jobs.ttl) },
  };
}

const toSeconds = (ms: number) => `${ms / 1000} seconds`;

/** The host is worth seeing; user, password and options are not for every eye. */
function hidePassword(url: string): string {
  const { protocol, username, password, host, pathname } = new URL(url);
  return `${protocol}//${username || password ? '(hidden)@' : ''}${host}${pathname}`;
}

runEntry(run);
