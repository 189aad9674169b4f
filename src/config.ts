// application.yaml and the environment become one checked, frozen object. Environment over file over defaults.
import { existsSync } from 'node:fs';
import { availableParallelism, hostname, totalmem } from 'node:os';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { digestKey } from './key-file.js';
import { resourceOverrideSchema, runtimeSchema } from './language-file.js';
import { readSettings } from './read-settings.js';
import { toProblems } from './yaml-file.js';

const SEED_PATTERNS = ['rm -rf', 'mkfs', 'dd if=', ':/dev/', 'wget', 'curl', 'nc -', 'netcat'];
const SEED_LANGUAGES = ['java', 'python', 'ruby', 'perl', 'javascript', 'php'];

const port = z.coerce.number().int().min(0).max(65_535);
const list = (text: unknown) =>
  typeof text === 'string' ? text.split(/[,\n]/).map((item) => item.trim()) : text;

const origin = z
  .string()
  .regex(
    /^https?:\/\/[a-z0-9.:[\]-]+$/,
    'must be an origin such as https://example.org or http://localhost:3000',
  );

const redisUrl = z.url({
  protocol: /^rediss?$/,
  error: 'must be redis://user:password@host:port/database, or rediss:// for TLS',
});

const UNITS_MS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000 };

const duration = z
  .string()
  .regex(
    /^\d+ ?(s|seconds?|m|minutes?|h|hours?)$/,
    'must be a duration such as "1 hour", "90 minutes" or "30s"',
  )
  .transform(
    (text) => Number.parseInt(text, 10) * (UNITS_MS[text.replace(/[\d ]/g, '').charAt(0)] as number),
  );

const bucketUrl = z
  .string()
  .regex(
    /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[A-Za-z0-9._=-]+)*$/,
    'must be s3://bucket or s3://bucket/prefix',
  );

const bucketEndpoint = z
  .string()
  .regex(
    /^https?:\/\/[^\s@?#/]+(\/[^\s@?#]*)?$/,
    'must be http://host:port or https://host:port; credentials come from the environment',
  );

const apiKeys = z.preprocess(
  list,
  z.array(
    z
      .string()
      .regex(/^[A-Za-z0-9_.-]+:\S{16,}$/, 'must be name:key with a key of at least 16 characters')
      .transform((pair) => ({
        name: pair.split(':', 1)[0] as string,
        // The key itself is not kept.
        sha256: digestKey(pair.slice(pair.indexOf(':') + 1)),
      })),
  ),
);

/** Every setting: file key, meaning, default. */
const settingsSchema = z.strictObject({
  role: z.enum(['all', 'api', 'runner']).default('all').describe('what deploy.sh starts'),
  http: z
    .strictObject({
      host: z.string().min(1).default('127.0.0.1'),
      port: port.default(8080),
      'cors-origins': z
        .preprocess(list, z.array(origin))
        .default([])
        .describe('web pages that may read the answers'),
      'max-connections': z.coerce.number().int().min(1).max(100_000).default(1_000),
      'max-open-requests': z.coerce
        .number()
        .int()
        .min(1)
        .default(200)
        .describe('of one key that are not answered yet'),
      'max-bodies-mb': z.coerce
        .number()
        .int()
        .min(16)
        .default(128)
        .describe('of large request bodies that are held at once'),
      'stop-delay': duration.prefault('1 second').describe('from not being ready to refusing connections'),
    })
    .prefault({}),
  security: z
    .strictObject({
      'api-keys': apiKeys.optional().describe('name:key, separated by commas; unset: the development keys'),
      'rate-limit': z
        .strictObject({
          'max-requests': z.coerce.number().int().min(1).default(100).describe('an hour and key'),
          'redis-url': redisUrl.optional().describe('where several API processes share the count'),
        })
        .prefault({}),
      'key-file': z.string().min(1).optional().describe('keys as npm run create-key writes them'),
      anonymous: z
        .union([z.boolean(), z.stringbool()], 'must be true or false')
        .default(false)
        .describe('lets requests without a key through; loopback only'),
      'dangerous-patterns': z.array(z.string().min(1)).default(SEED_PATTERNS),
    })
    .prefault({}),
  jobs: z.strictObject({ ttl: duration.prefault('1 hour') }).prefault({}),
  payloads: z
    .strictObject({
      folder: z
        .string()
        .min(1)
        .optional()
        .describe('of large payloads, shared by all processes; unset: payloads in the data folder'),
      bucket: bucketUrl.optional().describe('of large payloads, instead of a folder'),
      endpoint: bucketEndpoint.optional().describe('of the server that has the bucket; unset: Amazon’s'),
      region: z
        .string()
        .regex(/^[a-z0-9-]+$/, 'must be a region such as eu-central-1')
        .optional()
        .describe('of the bucket; unset: AWS_REGION'),
      'max-mb': z.coerce.number().int().min(32).default(1_024).describe('of that folder or bucket'),
      'key-file': z
        .string()
        .min(1)
        .optional()
        .describe('keys that payloads are encrypted with; unset: they are not'),
    })
    .superRefine(({ folder, bucket, endpoint, region }, { addIssue }) => {
      const refuse = (key: string, message: string) => addIssue({ code: 'custom', path: [key], message });
      if (folder !== undefined && bucket !== undefined) {
        refuse('bucket', 'payloads.folder and payloads.bucket are both set: choose one');
      }
      if (bucket !== undefined) return;
      if (endpoint !== undefined) refuse('endpoint', 'needs payloads.bucket');
      if (region !== undefined) refuse('region', 'needs payloads.bucket');
    })
    .prefault({}),
  languages: z.preprocess(list, z.array(z.string().min(1)).min(1)).default(SEED_LANGUAGES),
  'languages-folder': z.string().min(1).optional().describe("of languages of the operator's own"),
  dependencies: z
    .strictObject({
      enabled: z
        .union([z.boolean(), z.stringbool()], 'must be true or false')
        .default(false)
        .describe('lets jobs bring packages along, by a manifest among their files'),
      registries: z
        .record(z.string(), z.url({ protocol: /^https?$/ }))
        .default({})
        .describe('by language; the client’s own where none is set'),
      proxy: z
        .url({ protocol: /^https?$/ })
        .optional()
        .describe('the only way to the registries'),
      'ca-file': z.string().min(1).optional().describe('certificates that the clients are to trust'),
      'disk-mb': z.coerce
        .number()
        .int()
        .min(16)
        .default(2048)
        .describe('what images with dependencies may take over those of their languages'),
      'timeout-seconds': z.coerce.number().int().min(1).max(180).default(120),
    })
    .prefault({}),
  resources: z.record(z.string(), resourceOverrideSchema).default({}),
  temporal: z
    .strictObject({
      address: z.string().optional().describe('a server that runs already; unset: deploy.sh starts one'),
      namespace: z.string().min(1).default('default'),
      port: port.default(7233).describe("of the server that deploy.sh starts, and of its Web UI's"),
      'ui-port': port.default(8233),
      'metrics-port': z.coerce
        .number()
        .int()
        .min(1)
        .max(65_534)
        .optional()
        .describe(
          "of the metrics of Temporal's SDK in the API, the runner's are on the next one; unset: none",
        ),
    })
    .prefault({}),
  runner: z
    .strictObject({
      name: z
        .string()
        .regex(/^[A-Za-z0-9_.-]+$/)
        .default(hostname()),
      cores: z.coerce.number().int().min(1).default(availableParallelism()),
      'slots-per-core': z.coerce.number().int().min(1).max(16).default(2),
      isolation: z
        .enum(['cells', 'container'])
        .default('cells')
        .describe(
          'cells: a container serves one caller, each program in a fresh cell; container: a container serves one program',
        ),
      'warm-memory-mb': z.coerce
        .number()
        .int()
        .min(0)
        .default(Math.floor(totalmem() / 4 / 2 ** 20))
        .describe('what the containers made ahead may take together, each counted at its limit; 0: none'),
      'compile-cache-mb': z.coerce
        .number()
        .int()
        .min(0)
        .max(65_536)
        .default(64)
        .describe(
          "memory of the runner for what compile steps made, for the same caller's next 10 minutes; 0: none",
        ),
      runtime: runtimeSchema.optional().describe("OCI runtime of all containers; unset: the engine's own"),
      'metrics-host': z.string().min(1).default('127.0.0.1'),
      'metrics-port': port.default(9464).describe('of GET /metrics; 0: any free one'),
    })
    .prefault({}),
  'data-folder': z.string().min(1).default('.braindrill'),
  log: z
    .strictObject({ level: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info') })
    .prefault({}),
});

export type Config = Readonly<z.infer<typeof settingsSchema>> & { root: string };

/** Environment variable of each setting that has one. */
export const ENVIRONMENT: Record<string, string> = {
  ROLE: 'role',
  HTTP_HOST: 'http.host',
  HTTP_PORT: 'http.port',
  HTTP_CORS_ORIGINS: 'http.cors-origins',
  HTTP_MAX_CONNECTIONS: 'http.max-connections',
  HTTP_MAX_OPEN_REQUESTS: 'http.max-open-requests',
  HTTP_MAX_BODIES_MB: 'http.max-bodies-mb',
  HTTP_STOP_DELAY: 'http.stop-delay',
  API_KEYS: 'security.api-keys',
  KEY_FILE: 'security.key-file',
  ALLOW_ANONYMOUS: 'security.anonymous',
  RATE_LIMIT_MAX_REQUESTS: 'security.rate-limit.max-requests',
  RATE_LIMIT_REDIS_URL: 'security.rate-limit.redis-url',
  JOBS_TTL: 'jobs.ttl',
  PAYLOADS_FOLDER: 'payloads.folder',
  PAYLOADS_BUCKET: 'payloads.bucket',
  PAYLOADS_ENDPOINT: 'payloads.endpoint',
  PAYLOADS_REGION: 'payloads.region',
  PAYLOADS_MAX_MB: 'payloads.max-mb',
  PAYLOADS_KEY_FILE: 'payloads.key-file',
  LANGUAGES: 'languages',
  LANGUAGES_FOLDER: 'languages-folder',
  DEPENDENCIES_ENABLED: 'dependencies.enabled',
  DEPENDENCIES_PROXY: 'dependencies.proxy',
  DEPENDENCIES_CA_FILE: 'dependencies.ca-file',
  DEPENDENCIES_DISK_MB: 'dependencies.disk-mb',
  DEPENDENCIES_TIMEOUT_SECONDS: 'dependencies.timeout-seconds',
  TEMPORAL_ADDRESS: 'temporal.address',
  TEMPORAL_NAMESPACE: 'temporal.namespace',
  TEMPORAL_PORT: 'temporal.port',
  TEMPORAL_UI_PORT: 'temporal.ui-port',
  TEMPORAL_METRICS_PORT: 'temporal.metrics-port',
  RUNNER_NAME: 'runner.name',
  RUNNER_CORES: 'runner.cores',
  RUNNER_SLOTS_PER_CORE: 'runner.slots-per-core',
  RUNNER_ISOLATION: 'runner.isolation',
  RUNNER_WARM_MEMORY_MB: 'runner.warm-memory-mb',
  RUNNER_COMPILE_CACHE_MB: 'runner.compile-cache-mb',
  RUNNER_RUNTIME: 'runner.runtime',
  RUNNER_METRICS_HOST: 'runner.metrics-host',
  RUNNER_METRICS_PORT: 'runner.metrics-port',
  DATA_FOLDER: 'data-folder',
  LOG_LEVEL: 'log.level',
};

/** Variables whose values are secrets: each may be given as NAME_FILE instead, the path of a file that holds it. */
export const SECRETS = ['API_KEYS', 'RATE_LIMIT_REDIS_URL', 'DEPENDENCIES_PROXY'] as const;

/** Folder of the project, whether it runs from the sources or from dist/. */
export const PROJECT_ROOT = findRoot();

/**
 * Reads the settings.
 * @throws Error that lists every problem with its line or variable and its key.
 */
export function loadConfig(environment: NodeJS.ProcessEnv = process.env): Config {
  const { CONFIG_FILE } = environment;
  const { value, problems, where } = readSettings(
    CONFIG_FILE || `${PROJECT_ROOT}/application.yaml`,
    environment,
    { keys: ENVIRONMENT, secrets: SECRETS },
  );
  if (CONFIG_FILE && !existsSync(CONFIG_FILE)) problems.push(`CONFIG_FILE: there is no ${CONFIG_FILE}.`);
  const read = settingsSchema.safeParse(value);
  if (read.success && problems.length === 0) return Object.freeze({ ...read.data, root: PROJECT_ROOT });
  if (!read.success) problems.push(...toProblems(read.error, where));
  throw new Error(['These settings cannot be used:', ...problems].join('\n  '));
}

function findRoot(): string {
  const candidates = ['..', '../..'].map((up) =>
    fileURLToPath(new URL(up, import.meta.url)).replace(/\/$/, ''),
  );
  return candidates.find((folder) => existsSync(`${folder}/package.json`)) as string;
}
