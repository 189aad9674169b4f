/** A process that was started and answers. */
export type StartedProcess = {
  pid: number;
  /** Resolves when it has ended, however. */
  exited: Promise<unknown>;
  /** Asks it to end, and makes it if it does not. */
  stop(): Promise<void>;
};

export type KeptProcess = {
  /** Changes when it had to be started again. */
  readonly pid: number;
  stop(): Promise<void>;
};

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 10_000;
/** A process that lived this long starts again without a growing wait. */
const STEADY_MS = 30_000;

/** Starts a process and starts it again whenever it ends by itself. Rejects only when the first start fails. */
export async function keepRunning(
  name: string,
  start: () => Promise<StartedProcess>,
  report: (line: string) => void,
): Promise<KeptProcess> {
  let current = await start().catch((error: Error) => {
    throw new Error(`The ${name} did not start. ${error.message}`, { cause: error });
  });
  let stopped = false;
  let wakeUp = () => {};

  async function watch(): Promise<void> {
    let wait = FIRST_WAIT_MS;
    let startedAt = Date.now();
    for (;;) {
      await current.exited;
      if (stopped) return;
      if (Date.now() - startedAt > STEADY_MS) wait = FIRST_WAIT_MS;
      report(`${name} ended by itself; starting it again`);
      for (let started = false; !started; ) {
        await new Promise<void>((resolve) => {
          wakeUp = resolve;
          setTimeout(resolve, wait);
        });
        if (stopped) return;
        wait = Math.min(2 * wait, LONGEST_WAIT_MS);
        started = await start().then(
          (process) => {
            current = process;
            startedAt = Date.now();
            return true;
          },
          (error: unknown) => {
            report(`${name} did not start: ${error instanceof Error ? error.message : error}`);
            return false;
          },
        );
      }
      if (stopped) await current.stop();
    }
  }
  const watching = watch();

  return {
    get pid() {
      return current.pid;
    },
    async stop() {
      stopped = true;
      wakeUp();
      await current.stop();
      await watching;
    },
  };
}
