// What can be wrong with a runner's host: a closed set, because log, metrics, /ready and `npm run doctor` all speak of it.
import { z } from 'zod';

/** A problem keeps jobs from being run, all or some; a warning is for the operator to weigh. */
const SEVERITIES = {
  'engine-away': 'problem',
  'engine-old': 'problem',
  'runtime-missing': 'problem',
  'seccomp-missing': 'problem',
  'limits-missing': 'problem',
  'sandbox-open': 'problem',
  'image-missing': 'problem',
  'language-broken': 'problem',
  'resolver-missing': 'problem',
  'disk-full': 'problem',
  'disk-low': 'warning',
  'runc-old': 'warning',
  'runc-unknown': 'warning',
  'sandbox-unproven': 'warning',
  'cells-refused': 'warning',
  'usage-uncounted': 'warning',
  'swap-unlimited': 'warning',
  'core-pattern': 'warning',
} as const;

export type HostCode = keyof typeof SEVERITIES;

export const HOST_CODES = Object.keys(SEVERITIES) as [HostCode, ...HostCode[]];

export const PROBLEM_CODES = HOST_CODES.filter((code) => SEVERITIES[code] === 'problem');

export const hostCodeSchema = z.enum(HOST_CODES);

export const findingSchema = z.strictObject({
  code: hostCodeSchema,
  severity: z.enum(['problem', 'warning']),
  text: z.string().describe('what is wrong, and what to do'),
});

export type Finding = z.infer<typeof findingSchema>;

/** A finding; how severe it is follows from its code. */
export function finding(code: HostCode, text: string): Finding {
  return { code, severity: SEVERITIES[code], text };
}

/** The codes of one severity, each once, in the order of the set. */
export function codesOf(findings: readonly Finding[], severity: Finding['severity']): HostCode[] {
  return HOST_CODES.filter((code) => findings.some((one) => one.code === code && one.severity === severity));
}
