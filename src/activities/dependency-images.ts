// Images with what jobs' manifests ask for. However many jobs ask for the same, one image is made, and it stays while one of them
// has it.
import { ApplicationFailure } from '@temporalio/activity';
import type { Logger } from 'pino';
import type { Language } from '../languages.js';
import type { NamedManifest } from '../manifests/manifest-of.js';
import type { RunnerMetrics } from '../metrics.js';
import { createCpuBudget } from './cpu-budget.js';

/** More than this share the cores with the programs. */
const MADE_AT_ONCE = 2;

/** Why a manifest's packages cannot be had; the message is for the caller. */
export class DependenciesRefused extends Error {
  override name = 'DependenciesRefused';
}

export type LeasedImage = { image: string; release(): void };

export type DependencyImages = {
  /**
   * The image of the language with what the manifest asks for; made, if it is not there.
   * @throws DependenciesRefused when that cannot be had
   */
  lease(language: Language, manifest: NamedManifest, signal: AbortSignal): Promise<LeasedImage>;
};

/** What makes images, and removes those that nobody has. */
export type DependencyImageMaker = {
  nameOf(language: Language, manifest: NamedManifest): string;
  has(name: string, signal: AbortSignal): Promise<boolean>;
  /** Answers with the packages that it found, "name==version". */
  make(language: Language, manifest: NamedManifest, name: string, signal: AbortSignal): Promise<string[]>;
  makeRoom(uses: ImageUses): Promise<void>;
};

/** By image: how many jobs have it, and when one had it last, in milliseconds since 1970. */
export type ImageUses = ReadonlyMap<string, { jobs: number; usedAt: number }>;

type Making = { controller: AbortController; waiting: number; done: Promise<void> };

export type DependencyImagesOptions = {
  maker: DependencyImageMaker;
  log: Logger;
  metrics: Pick<RunnerMetrics, 'resolutions' | 'resolutionDuration'>;
};

export function createDependencyImages({ maker, log, metrics }: DependencyImagesOptions): DependencyImages {
  const turns = createCpuBudget(MADE_AT_ONCE);
  const makings = new Map<string, Making>();
  const uses = new Map<string, { jobs: number; usedAt: number }>();

  function use(name: string, jobs: 1 | -1): void {
    uses.set(name, { jobs: (uses.get(name)?.jobs ?? 0) + jobs, usedAt: Date.now() });
  }

  function startMaking(language: Language, manifest: NamedManifest, name: string): Making {
    const controller = new AbortController();
    const making = { controller, waiting: 0, done: make(language, manifest, name, controller.signal) };
    makings.set(name, making);
    const forget = () => {
      if (makings.get(name) === making) makings.delete(name);
    };
    // Who comes after it was given up starts anew.
    controller.signal.addEventListener('abort', forget);
    making.done.then(forget, forget);
    return making;
  }

  async function make(
    language: Language,
    manifest: NamedManifest,
    name: string,
    signal: AbortSignal,
  ): Promise<void> {
    const giveBack = await turns.acquire(1, signal);
    const started = performance.now();
    const count = (outcome: 'made' | 'refused' | 'failed') => {
      metrics.resolutions.inc({ language: language.id, outcome });
      metrics.resolutionDuration.observe({ language: language.id }, (performance.now() - started) / 1000);
    };
    try {
      const packages = await maker.make(language, manifest, name, signal);
      count('made');
      log.info({ language: language.id, image: name, packages }, 'dependencies resolved');
    } catch (error) {
      if (!signal.aborted) count(error instanceof DependenciesRefused ? 'refused' : 'failed');
      throw error;
    } finally {
      giveBack();
      await maker.makeRoom(uses).catch((error) => log.warn({ err: error }, 'dependencies: no room was made'));
    }
  }

  /** Given up when all who wait for it have gone. */
  async function made(making: Making, signal: AbortSignal): Promise<void> {
    making.waiting++;
    try {
      await untilAborted(making.done, signal);
    } finally {
      making.waiting--;
      if (making.waiting === 0) making.controller.abort(new Error('nobody waits for it'));
    }
  }

  async function lease(language: Language, manifest: NamedManifest, signal: AbortSignal) {
    const name = maker.nameOf(language, manifest);
    use(name, 1);
    try {
      if (makings.has(name) || !(await maker.has(name, signal))) {
        await made(makings.get(name) ?? startMaking(language, manifest, name), signal);
      } else {
        metrics.resolutions.inc({ language: language.id, outcome: 'found' });
      }
    } catch (error) {
      use(name, -1);
      throw toFailure(error, signal);
    }
    return { image: name, release: () => use(name, -1) };
  }

  return { lease };
}

function toFailure(error: unknown, signal: AbortSignal): unknown {
  const known = error instanceof DependenciesRefused || error instanceof ApplicationFailure;
  if (signal.aborted || known) return error;
  const message = error instanceof Error ? error.message : String(error);
  return ApplicationFailure.create({ type: 'DependenciesFailed', message });
}

function untilAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    const abort = () => reject(signal.reason);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}
