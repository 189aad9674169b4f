// A Redis of the test's own: on a free loopback port, without a file, ended by its pid.
import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { ADMIN_PATH, aptInstall, canAptInstall, hasProgram } from '../../src/workers/apt-install.js';

export type TestRedis = { pid: number; port: number /** kill -9. */; kill(): Promise<void> };

/** Installs Redis where it is missing. */
export async function ensureRedis(): Promise<void> {
  if (hasProgram('redis-server')) return;
  if (!canAptInstall()) throw new Error('Install redis-server: this test counts requests in a real one.');
  await aptInstall(['redis-server']);
}

/** Starts Redis on this port, or on a free one, and waits until it answers. */
export async function startRedis(port?: number): Promise<TestRedis> {
  const chosen = port ?? (await findFreePort());
  const words = `--bind 127.0.0.1 --port ${chosen} --appendonly no --dir /tmp --maxmemory 64mb`.split(' ');
  const child = spawn('redis-server', [...words, '--save', ''], {
    stdio: 'ignore',
    env: { ...process.env, PATH: ADMIN_PATH },
  });
  const exited = new Promise<void>((resolve, reject) =>
    child.once('exit', () => resolve()).once('error', reject),
  );
  const client = new Redis(chosen, '127.0.0.1', { retryStrategy: () => 20, maxRetriesPerRequest: null });
  client.on('error', () => {});
  const answer = await Promise.race([client.ping(), exited, sleep(10_000)]);
  client.disconnect();
  if (answer !== 'PONG') throw new Error(`redis-server did not answer on port ${chosen}`);
  return {
    pid: child.pid as number,
    port: chosen,
    async kill() {
      child.kill('SIGKILL');
      await exited;
    },
  };
}

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
