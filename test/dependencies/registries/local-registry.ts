// Serves a registry's files to the builds on this machine, and to nobody else.
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { addressForBuilds } from '../../live/address-for-builds.js';

export type LocalRegistry = {
  url: string;
  /** By path; for all others the answer is 404. */
  files: Map<string, Buffer | string>;
  stop(): Promise<void>;
};

export async function startLocalRegistry(): Promise<LocalRegistry> {
  const files: LocalRegistry['files'] = new Map();
  const server = createServer(({ url = '' }, response) => {
    const content = files.get(decodeURIComponent(url.replace(/\?.*$/, '')));
    response.writeHead(content === undefined ? 404 : 200);
    response.end(content);
  });
  const host = await addressForBuilds();
  await new Promise<void>((resolve) => server.listen(0, host, resolve));
  return {
    url: `http://${host}:${(server.address() as AddressInfo).port}`,
    files,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
