// A server that speaks S3, of the test's own: moto, on a free loopback port, in memory. What is between it and the service can be
// cut, for then it still has what it had.
import { spawn } from 'node:child_process';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { ensurePythonTool } from '../python-tool.js';

const VERSION = '5.2.5';
const PACKAGES = [`moto[s3]==${VERSION}`, 'flask==3.1.3', 'flask-cors==6.0.5'];

export type TestS3 = {
  /** For payloads.endpoint: by way of the plug. */
  endpoint: string;
  /** Straight to the server. */
  client: S3Client;
  plug: Plug;
  stop(): Promise<void>;
};

/** For the environment of whoever uses it. */
export const CREDENTIALS = { AWS_ACCESS_KEY_ID: 'test-key', AWS_SECRET_ACCESS_KEY: 'test-secret' };

/** Installs the server where it is missing. */
export const ensureS3 = () => ensurePythonTool(`moto-${VERSION}`, PACKAGES);

/** Starts the server with an empty bucket of this name. */
export async function startS3(bucket: string): Promise<TestS3> {
  const command = `${await ensureS3()}/moto_server`;
  const child = spawn(command, ['--host', '127.0.0.1', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PYTHONUNBUFFERED: '1' },
  });
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
      const [, port] = /Running on http:\/\/127\.0\.0\.1:(\d+)/.exec(said) ?? [];
      if (port) resolve(Number(port));
    });
    child.once('error', reject).once('exit', () => reject(new Error(`moto_server ended:\n${said}`)));
  });
  const client = new S3Client({
    ...{ endpoint: `http://127.0.0.1:${port}`, region: 'us-east-1', forcePathStyle: true },
    credentials: {
      accessKeyId: CREDENTIALS.AWS_ACCESS_KEY_ID,
      secretAccessKey: CREDENTIALS.AWS_SECRET_ACCESS_KEY,
    },
  });
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  const plug = await startPlug(port);
  return {
    endpoint: `http://127.0.0.1:${plug.port}`,
    client,
    plug,
    async stop() {
      client.destroy();
      await plug.pull();
      child.kill('SIGKILL');
      await exited;
    },
  };
}

export type Plug = {
  port: number;
  /** Connections are refused, and those that were there are reset. */
  pull(): Promise<void>;
  /** Nothing gets through either way, and nobody is told; it goes on where it stood. */
  stall(): void;
  /** Answers break off after so many bytes, each on a connection of its own. */
  breakOffAfter(bytes: number): void;
  /** All is well again. */
  put(): Promise<void>;
};

/** Passes connections on to a port of this machine. */
export async function startPlug(target: number): Promise<Plug> {
  const pairs = new Set<[Socket, Socket]>();
  let stalled = false;
  let mostBytes = Number.POSITIVE_INFINITY;
  const server = createServer((near) => {
    const far = connect(target, '127.0.0.1');
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    let answered = 0;
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.on('data', (chunk) => void far.write(chunk)).on('end', () => far.end());
    far.on('end', () => near.end());
    far.on('data', (chunk) => {
      answered += chunk.length;
      if (answered > mostBytes) end();
      else near.write(chunk);
    });
    for (const socket of pair) {
      socket.on('error', end);
      if (stalled) socket.pause();
    }
    near.on('close', end);
  });
  const listen = (port: number) =>
    new Promise<void>((resolve) => server.listen(port, '127.0.0.1', () => resolve()));
  await listen(0);
  const { port } = server.address() as AddressInfo;
  const reset = () => {
    for (const pair of pairs) for (const socket of pair) socket.destroy();
  };
  return {
    port,
    async pull() {
      if (!server.listening) return;
      const closed = new Promise((resolve) => server.close(resolve));
      reset();
      await closed;
    },
    stall() {
      stalled = true;
      for (const pair of pairs) for (const socket of pair) socket.pause();
    },
    breakOffAfter(bytes) {
      mostBytes = bytes;
      reset();
    },
    async put() {
      stalled = false;
      mostBytes = Number.POSITIVE_INFINITY;
      for (const pair of pairs) for (const socket of pair) socket.resume();
      if (!server.listening) await listen(port);
    },
  };
}
