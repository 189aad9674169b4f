import type { Finding } from '../../host-finding.js';

/** One thing that was looked at: what it is like, and what is wrong with it. */
export type HostCheck = { title: string; fact: string; findings: Finding[] };
