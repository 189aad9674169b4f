// Containers made ahead. Some wait for anybody's next program; others have served a caller and wait for that caller's next one.
// A container never serves two callers. What is kept here is a shortcut: whoever finds nothing makes a container of his own.
import type { Logger } from 'pino';
import type { Language } from '../languages.js';
import type { RunnerMetrics } from '../metrics.js';
import type { ContainerPool, LeasedContainer } from './attempt.js';

/** Fresh containers that were asked for within this time are asked for again. */
const DEMAND_MS = 30_000;

/** A caller's container that was not used for this long is given back. */
const IDLE_MS = 30_000;

/** Callers' containers that wait, however small they are: the engine has a process or two for each. */
const MOST_KEPT = 64;

/** However busy its caller is, a container is used no longer than this. */
const MOST_AGE_MS = 10 * 60_000;
const MOST_JOBS = 500;

/** A program that has just got its container has the CPU for itself for a moment. */
const REFILL_AFTER_MS = 30;

const LOOK_EVERY_MS = 5_000;

/** After a container could not be made. */
const RETRY_AFTER_MS = 5_000;

export type ContainerPoolOptions = {
  make: (language: Language) => Promise<LeasedContainer>;
  remove: (leased: LeasedContainer) => Promise<void>;
  /** What the containers that wait may take, each counted at its limit of memory. */
  budgetBytes: number;
  /** Containers that are made at once. */
  makers: number;
  log: Logger;
  metrics: Pick<RunnerMetrics, 'waitingContainers' | 'containersTaken'>;
};

/** Containers of one language. */
type Shelf = {
  language: Language;
  most: number;
  fresh: LeasedContainer[];
  making: number;
  /** When a fresh one was asked for; the latest `most`. */
  asked: number[];
  retryAt: number;
};

type Kept = { leased: LeasedContainer; since: number };

export function createContainerPool(options: ContainerPoolOptions): ContainerPool {
  const { make, remove, budgetBytes, makers, log, metrics } = options;
  const shelves = new Map<Language, Shelf>();
  /** Callers' containers, those used longest ago first. */
  let kept: Kept[] = [];
  const fills = new Set<Promise<void>>();
  let closed = false;
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();

  function take({ language, owner, isolation }: Parameters<ContainerPool['take']>[0]) {
    const shelf = shelves.get(language);
    if (shelf === undefined) return undefined;
    const own = isolation === 'container' ? undefined : takeOwn(shelf, owner);
    const leased = own ?? takeFresh(shelf);
    const from = own ? 'caller' : leased ? 'fresh' : 'none';
    metrics.containersTaken.inc({ language: language.id, from });
    count();
    return leased;
  }

  /**
   * The one that was used last. In a language that starts programs ahead, and does not fork them, it may still be starting the
   * next one: there it is the one before, and who has only one gets a fresh one, if there is one, and has two from then on.
   */
  function takeOwn({ language, fresh }: Shelf, owner: string | null): LeasedContainer | undefined {
    if (owner === null) return undefined;
    const isSlow = language.ready !== undefined && !language['fork-server'];
    const own = kept.filter(({ leased }) => leased.owner === owner && leased.language === language);
    const last = own.at(-1);
    const one = !isSlow ? last : (own.at(-2) ?? (fresh.length > 0 ? undefined : last));
    if (one !== undefined) kept.splice(kept.indexOf(one), 1);
    return one?.leased;
  }

  function takeFresh(shelf: Shelf): LeasedContainer | undefined {
    shelf.asked = [...shelf.asked, Date.now()].slice(-shelf.most);
    setTimeout(refill, REFILL_AFTER_MS).unref();
    return shelf.fresh.shift();
  }

  function keep(leased: LeasedContainer): boolean {
    const worn = leased.jobs >= MOST_JOBS || Date.now() - leased.madeAt >= MOST_AGE_MS;
    if (closed || worn || leased.owner === null || !shelves.has(leased.language)) return false;
    if (kept.length >= MOST_KEPT) giveBackOldest();
    if (!makeRoom(leased.language.limits.memoryBytes)) return false;
    const one = { leased, since: Date.now() };
    kept.push(one);
    whenLost(leased, () => {
      kept = kept.filter((other) => other !== one);
    });
    count();
    return true;
  }

  /** A container that waits may be ended by somebody, or with its engine. */
  function whenLost(leased: LeasedContainer, forget: () => void): void {
    const isHere = () =>
      kept.some((one) => one.leased === leased) || shelves.get(leased.language)?.fresh.includes(leased);
    const { jobs } = leased;
    const lost = () => {
      // Another program may have it by now.
      if (leased.jobs !== jobs || !isHere()) return;
      forget();
      count();
      log.warn({ container: leased.container.id }, 'a waiting container has ended');
      void remove(leased);
    };
    leased.container.ended.then(lost, lost);
  }

  function bytes(): number {
    const all = [...kept.map(({ leased }) => leased.language), ...[...shelves.values()].flatMap(languagesOf)];
    return all.reduce((sum, { limits }) => sum + limits.memoryBytes, 0);
  }

  /** Room for so many bytes; callers' containers that were used longest ago make it. */
  function makeRoom(wanted: number): boolean {
    while (bytes() + wanted > budgetBytes) if (!giveBackOldest()) return false;
    return true;
  }

  function giveBackOldest(): boolean {
    const oldest = kept.shift();
    if (oldest !== undefined) void remove(oldest.leased);
    return oldest !== undefined;
  }

  function refill(): void {
    let making = [...shelves.values()].reduce((sum, shelf) => sum + shelf.making, 0);
    while (!closed && making < makers) {
      const shelf = neediest([...shelves.values()]);
      if (shelf === undefined || !makeRoom(shelf.language.limits.memoryBytes)) return;
      making++;
      const filling = fill(shelf).finally(() => fills.delete(filling));
      fills.add(filling);
    }
  }

  async function fill(shelf: Shelf): Promise<void> {
    const { language } = shelf;
    shelf.making++;
    try {
      const leased = await make(language);
      if (closed || shelves.get(language) !== shelf) return await remove(leased);
      shelf.fresh.push(leased);
      whenLost(leased, () => {
        shelf.fresh = shelf.fresh.filter((other) => other !== leased);
      });
      count();
    } catch (error) {
      shelf.retryAt = Date.now() + RETRY_AFTER_MS;
      log.warn({ err: error, language: language.id }, 'no container could be made ahead, trying again soon');
    } finally {
      shelf.making--;
      refill();
    }
  }

  /** Gives back what was not used for a while. */
  function look(): void {
    const now = Date.now();
    const idle = kept.filter(({ since }) => now - since >= IDLE_MS).map(({ leased }) => leased);
    kept = kept.filter(({ leased }) => !idle.includes(leased));
    for (const shelf of shelves.values()) {
      shelf.asked = shelf.asked.filter((at) => now - at < DEMAND_MS);
      idle.push(...shelf.fresh.splice(wantedOf(shelf)));
    }
    for (const leased of idle) void remove(leased);
    count();
    refill();
  }

  function count(): void {
    for (const { language, fresh } of shelves.values()) {
      const own = kept.filter(({ leased }) => leased.language === language).length;
      metrics.waitingContainers.set({ language: language.id, for: 'anybody' }, fresh.length);
      metrics.waitingContainers.set({ language: language.id, for: 'caller' }, own);
    }
  }

  function clear(languages: readonly Language[]): Promise<unknown> {
    const gone = kept.filter(({ leased }) => languages.includes(leased.language)).map(({ leased }) => leased);
    kept = kept.filter(({ leased }) => !gone.includes(leased));
    for (const language of languages) gone.push(...(shelves.get(language)?.fresh.splice(0) ?? []));
    count();
    return Promise.all(gone.map(remove));
  }

  return {
    take,
    keep,
    serve(language, most) {
      if (shelves.has(language)) return;
      shelves.set(language, { language, most, fresh: [], making: 0, asked: [], retryAt: 0 });
      refill();
    },
    unserve(language) {
      void clear([language]);
      shelves.delete(language);
    },
    async close() {
      closed = true;
      clearInterval(timer);
      await Promise.all([clear([...shelves.keys()]), ...fills]);
    },
  };
}

const languagesOf = ({ language, fresh, making }: Shelf): Language[] =>
  Array<Language>(fresh.length + making).fill(language);

const wantedOf = ({ language, asked, most }: Shelf) => Math.min(most, Math.max(language.warm, asked.length));

/** The one that lacks most of what it wants. */
function neediest(shelves: readonly Shelf[]): Shelf | undefined {
  const lack = (shelf: Shelf) => {
    const wanted = wantedOf(shelf);
    return wanted === 0 ? 0 : (wanted - shelf.fresh.length - shelf.making) / wanted;
  };
  const now = Date.now();
  const [first] = shelves
    .filter((shelf) => lack(shelf) > 0 && shelf.retryAt <= now)
    .sort((a, b) => lack(b) - lack(a));
  return first;
}
