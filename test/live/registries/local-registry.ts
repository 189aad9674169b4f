// Serves a registry's files to the builds on this machine, and to nobody else.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { networkInterfaces } from 'node:os';
import { docker } from '../service.js';

export type LocalRegistry = { url: string; stop(): Promise<void> };

/** Answers with `files` by path, and 404 for all others. */
export async function startLocalRegistry(
  files: ReadonlyMap<string, Buffer | string>,
): Promise<LocalRegistry> {
  const server = createServer(({ url = '' }, response) => {
    const content = files.get(decodeURIComponent(url.replace(/\?.*$/, '')));
    response.writeHead(content === undefined ? 404 : 200);
    response.end(content);
  });
  const host = await hostAddress();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** This machine as a build sees it. */
async function hostAddress(): Promise<string> {
  const networks = await docker.listNetworks({ filters: { driver: ['bridge'] } });
  const bridge = networks.find(({ Name }) => Name === 'bridge')?.Options?.['com.docker.network.bridge.name'];
  const addresses = bridge === undefined ? [] : (networkInterfaces()[bridge] ?? []);
  return addresses.find(({ family }) => family === 'IPv4')?.address ?? '127.0.0.1';
}
