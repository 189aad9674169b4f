import type { RequestHandler } from 'express';
import type { ApiMetrics } from '../metrics.js';

/** The seed's help texts have no room for it. */
const PREFACE =
  '# Counters and histograms: of this API process since it started. braindrill gauges: of the whole cluster, left out while\n' +
  '# Temporal does not answer.\n';

/** GET /metrics: Prometheus' text format. */
export function getMetrics({ registry }: ApiMetrics): RequestHandler {
  return async (_request, response) => {
    response.set({ 'Content-Type': registry.contentType, 'Cache-Control': 'no-store' });
    response.send(PREFACE + (await registry.metrics()));
  };
}
