import type { Finding } from '../host-finding.js';

/** Tells what is wrong with this runner's host, in whole sentences: `temporal activity execute --type describeHost`. */
export function createDescribeHost(findings: () => Finding[]) {
  return async function describeHost(): Promise<Finding[]> {
    return findings();
  };
}
