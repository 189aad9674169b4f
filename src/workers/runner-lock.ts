import { createServer } from 'node:net';

/**
 * Makes sure that only one runner of a name lives on this machine: a second one would reap the first one's containers.
 * An abstract socket is the lock: the kernel frees it with the process, however that ends.
 */
export async function lockRunner(name: string): Promise<void> {
  const lock = createServer().unref();
  await new Promise<void>((resolve, reject) => {
    lock.once('error', (error: NodeJS.ErrnoException) => {
      const taken = error.code === 'EADDRINUSE';
      reject(
        taken ? new Error(`A runner named ${name} runs already. Give this one another RUNNER_NAME.`) : error,
      );
    });
    lock.listen(`\0braindrill-runner-${name}`, resolve);
  });
}
