// Proves the walls from the inside: a container with a job's very options reads what the kernel says of it.
import { type RunnerHost, runInContainer } from '../../activities/run-in-container.js';
import { type Finding, finding } from '../../host-finding.js';
import type { Language } from '../../languages.js';
import type { HostCheck } from './host-check.js';

const PROBE = [
  ...['/bin/cat', '/proc/self/status', '/proc/self/mountinfo'],
  // Where the kernel counts what it killed for memory, in the two versions of cgroups. One of them is not there.
  ...['/sys/fs/cgroup/memory.events', '/sys/fs/cgroup/memory/memory.oom_control'],
];

/** Looks in a container of the first of `languages` whose image has the means, among those of the engine's own runtime. */
export async function checkSandbox(host: RunnerHost, languages: readonly Language[]): Promise<HostCheck> {
  const title = 'sandbox';
  const candidates = languages.filter(({ runtime }) => runtime === undefined);
  for (const language of candidates) {
    const seen = await lookInside(host, language).catch((error: unknown) => {
      host.log.debug({ err: error, language: language.id }, 'the sandbox was not seen from this image');
      return '';
    });
    if (!seen.includes('NoNewPrivs:')) continue;
    const findings = judgeSandbox(seen);
    const fact = findings.length > 0 ? 'not as it should be' : 'filter, capabilities, root and counters hold';
    return { title, fact: `${fact}, seen from inside (${language.id})`, findings };
  }
  if (languages.length > 0 && candidates.length === 0) {
    return { title, fact: 'not looked at: other runtimes have walls of their own', findings: [] };
  }
  const text = 'No image here can show what holds inside a container: run npm run doctor where one can.';
  return { title, fact: 'not seen', findings: [finding('sandbox-unproven', text)] };
}

async function lookInside(host: RunnerHost, { compile, ready, ...language }: Language): Promise<string> {
  const [{ run }] = await runInContainer(host, {
    jobId: `${host.name}-look-inside-${language.id}`,
    attempt: 1,
    language: { ...language, run: PROBE },
    code: '',
    owner: null,
    signal: new AbortController().signal,
    onStart: () => {},
  });
  return run.stdout.toString();
}

/** What is not as it should be, from /proc/self/status and mountinfo and the memory counters of a container. */
export function judgeSandbox(seen: string): Finding[] {
  const field = (name: string) => new RegExp(`^${name}:\\s*(.*)$`, 'm').exec(seen)?.[1] ?? '';
  const walls: [string, boolean][] = [
    ['the system-call filter is not in force', field('Seccomp') === '2'],
    ['privileges can be gained', field('NoNewPrivs') === '1'],
    ['there are capabilities', CAPABILITY_SETS.every((name) => /^0+$/.test(field(name)))],
    ['the user is root', !field('Uid').split(/\s/).includes('0')],
    ['the root can be written to', /^\d+ \d+ \S+ \S+ \/ (ro|ro,\S*) /m.test(seen)],
  ];
  const open = walls.flatMap(([text, holds]) => (holds ? [] : [text]));
  const findings: Finding[] = [];
  if (open.length > 0) {
    const text = `In a container ${open.join(', ')}: use an engine and a runtime that do what they are told.`;
    findings.push(finding('sandbox-open', text));
  }
  if (!/^oom_kill \d+$/m.test(seen)) {
    const text =
      'In a container its cgroup cannot be read: memory use is estimated, and a child killed for memory is not told. Use a kernel with /sys/fs/cgroup and counters of kills (4.13 or newer).';
    findings.push(finding('usage-uncounted', text));
  }
  return findings;
}

const CAPABILITY_SETS = ['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb'];
