// A runner's health while it lives. A language whose image has gone is not taken any more until it is back; with a full disk,
// or without an engine for long, nothing is. Each look is cheap: it lists images and asks for free space.
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { Logger } from 'pino';
import { codesOf, type Finding, finding, type HostCode, PROBLEM_CODES } from '../host-finding.js';
import type { Language } from '../languages.js';
import type { RunnerMetrics } from '../metrics.js';
import { engineAway } from './check-host.js';
import { checkDisks, type Disk } from './host-checks/check-disk.js';
import {
  imageMissing,
  presentLanguages,
  presentResolvers,
  resolversMissing,
} from './host-checks/check-images.js';

const INTERVAL_MS = 10_000;

/** An engine that is restarted is back before; until then its jobs' attempts are tried again. */
const AWAY_MS = 30_000;

/** Problems of one language. With any other one no job is taken. */
const OF_ONE_LANGUAGE: HostCode[] = ['image-missing', 'language-broken', 'resolver-missing'];

export type HostWatchOptions = {
  docker: Docker;
  languages: readonly Language[];
  /** Whether jobs may bring dependencies along. */
  dependencies: boolean;
  disks: readonly Disk[];
  /** What was found at the start and is not looked at again. */
  lasting: readonly Finding[];
  /** Whether a language whose image has come works here. */
  proves: (language: Language) => Promise<boolean>;
  /** Gets what was found at each look, the languages whose jobs can be taken, and those of them whose dependencies can be got. */
  onLook: (findings: Finding[], languages: Language[], resolving: Language[]) => Promise<void>;
  log: Logger;
  metrics: Pick<RunnerMetrics, 'problems'>;
};

export type HostWatch = {
  /** Looks before the time has come. */
  lookNow(): void;
  stop(): Promise<void>;
};

/** Looks each 10 s. The first look is over when this resolves. */
export async function watchHost(options: HostWatchOptions): Promise<HostWatch> {
  const look = createLook(options);
  let stopped = false;
  let wake = new AbortController();

  async function watch(): Promise<void> {
    for (;;) {
      await sleep(INTERVAL_MS, undefined, { signal: wake.signal }).catch(() => {});
      if (stopped) return;
      // Whoever asks for a look while this one is under way gets another.
      wake = new AbortController();
      await look().catch((error: unknown) => options.log.error({ err: error }, 'the host was not looked at'));
    }
  }

  await look();
  const watching = watch();
  return {
    lookNow: () => wake.abort(),
    async stop() {
      stopped = true;
      wake.abort();
      await watching;
    },
  };
}

function createLook(options: HostWatchOptions): () => Promise<void> {
  const { docker, languages, dependencies, disks, lasting, proves, onLook, log, metrics } = options;
  const tell = createTeller(log, metrics);
  const works = new Map<string, boolean>();
  const bringing = dependencies ? languages : [];
  let present: Language[] = [];
  let resolving: Language[] = [];
  let answeredAt = Number.NEGATIVE_INFINITY;

  async function lookAtEngine(): Promise<Finding[]> {
    try {
      present = await presentLanguages(docker, languages);
      resolving = await presentResolvers(docker, bringing);
      answeredAt = Date.now();
    } catch (error) {
      if (Date.now() - answeredAt >= AWAY_MS) return engineAway(error).findings;
      log.warn({ err: error }, 'the engine did not answer, asking again soon');
    }
    const missing = languages.filter((language) => !present.includes(language)).map(imageMissing);
    return [...missing, ...resolversMissing(bringing, resolving)];
  }

  async function prove(): Promise<Finding[]> {
    for (const { id } of languages) if (!present.some((language) => language.id === id)) works.delete(id);
    // One that failed may have failed by chance, or have been mended.
    const unproven = present.filter(({ id }) => !works.get(id));
    await Promise.all(unproven.map(async (language) => works.set(language.id, await proves(language))));
    return present.filter(({ id }) => !works.get(id)).map(languageBroken);
  }

  return async () => {
    const findings = [...lasting, ...(await checkDisks(disks)).flatMap((disk) => disk.findings)];
    findings.push(...(await lookAtEngine()));
    const takesJobs = codesOf(findings, 'problem').every((code) => OF_ONE_LANGUAGE.includes(code));
    if (takesJobs) findings.push(...(await prove()));
    tell(findings);
    const working = takesJobs ? present.filter(({ id }) => works.get(id)) : [];
    const both = working.filter((language) => resolving.includes(language));
    await onLook(findings, working, both);
  };
}

function languageBroken({ id }: Language): Finding {
  const text = `Hello world does not work in ${id}: the runner's log tells why. Its image may have to be built anew (./deploy.sh rebuild).`;
  return finding('language-broken', text);
}

/** Logs what is new and what is over, and counts problems. */
function createTeller(log: Logger, { problems }: Pick<RunnerMetrics, 'problems'>) {
  let told: Finding[] = [];
  return (findings: Finding[]) => {
    const isIn = (list: Finding[]) => (one: Finding) => list.some(({ text }) => text === one.text);
    for (const { code, severity, text } of findings.filter((one) => !isIn(told)(one))) {
      log[severity === 'problem' ? 'error' : 'warn']({ code }, text);
    }
    for (const { code, text } of told.filter((one) => !isIn(findings)(one))) {
      log.info({ code }, `Over: ${text}`);
    }
    for (const code of PROBLEM_CODES) {
      problems.set({ code }, findings.filter((one) => one.code === code).length);
    }
    told = findings;
  };
}
