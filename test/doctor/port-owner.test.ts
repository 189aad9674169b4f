import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { findPortOwner } from '../../src/doctor/port-owner.js';

test.each(['127.0.0.1', '::1'])(
  'who listens on %s is found, and nobody where nobody listens',
  async (host) => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, host, resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(findPortOwner(port)).toMatchObject({ pid: process.pid, command: expect.stringContaining('node') });
    await new Promise((resolve) => server.close(resolve));
    expect(findPortOwner(port)).toBeUndefined();
  },
);
