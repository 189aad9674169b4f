import { afterEach, beforeEach, expect, test } from 'vitest';
import { createRunnerMetrics } from '../../src/metrics.js';
import { type MetricsServer, startMetricsServer } from '../../src/workers/metrics-server.js';

const metrics = createRunnerMetrics();
const options = { host: '127.0.0.1', port: 0, registry: metrics.registry };
let server: MetricsServer;
beforeEach(async () => {
  server = await startMetricsServer(options);
});
afterEach(() => server.stop());

const call = (path: string, method = 'GET') => fetch(`http://127.0.0.1:${server.port}${path}`, { method });

test('GET /metrics is Prometheus text of the registry', async () => {
  metrics.containersReaped.inc(2);
  const response = await call('/metrics?x=1');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain; version=0.0.4');
  expect(await response.text()).toContain('\nbraindrill_runner_containers_reaped_total 2\n');
});

test.each([
  ['another path', '/', 'GET', 404],
  ['another method', '/metrics', 'POST', 405],
])('%s is refused', async (_, path, method, status) => {
  expect((await call(path, method)).status).toBe(status);
});

test('a taken port is told with the setting that changes it', async () => {
  await expect(startMetricsServer({ ...options, port: server.port })).rejects.toThrow('RUNNER_METRICS_PORT');
});
