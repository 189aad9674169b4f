// A program's time limit is wall-clock time, so programs must not crowd each other: those that run at once never ask for
// more cores than the host has. Temporal's slots bound each language; this bounds them together, first come, first served.

export type CpuBudget = {
  /** Waits for `cpus` cores; the function it resolves to gives them back. Rejects with the signal's reason. */
  acquire(cpus: number, signal: AbortSignal): Promise<() => void>;
  /** Whether somebody waits for cores. */
  isAwaited(): boolean;
};

type Waiter = { cpus: number; grant: () => void };

export function createCpuBudget(cores: number): CpuBudget {
  let free = cores;
  const waiting: Waiter[] = [];

  function grantNext(): void {
    while (waiting[0] !== undefined && waiting[0].cpus <= free) {
      const next = waiting.shift() as Waiter;
      free -= next.cpus;
      next.grant();
    }
  }

  return {
    isAwaited: () => waiting.length > 0,
    async acquire(cpus, signal) {
      signal.throwIfAborted();
      // A language that asks for more cores than there are gets all of them.
      const wanted = Math.min(cpus, cores);
      await new Promise<void>((resolve, reject) => {
        const waiter: Waiter = { cpus: wanted, grant };
        function grant(): void {
          signal.removeEventListener('abort', abandon);
          resolve();
        }
        function abandon(): void {
          waiting.splice(waiting.indexOf(waiter), 1);
          reject(signal.reason);
          grantNext();
        }
        signal.addEventListener('abort', abandon, { once: true });
        waiting.push(waiter);
        grantNext();
      });
      let held = true;
      return () => {
        if (!held) return;
        held = false;
        free += wanted;
        grantNext();
      };
    },
  };
}
