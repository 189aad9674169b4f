import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client, Connection } from '@temporalio/client';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { getTemporalServer } from '../../temporal/get-server.js';
import { startTemporalServer } from '../../temporal/start-server.js';

let folder: string;
let executable: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'live-server-'));
  executable = await getTemporalServer(join(PROJECT_ROOT, '.braindrill/cache'), () => {});
}, 300_000);

afterAll(() => rmSync(folder, { recursive: true }));

const optionsOf = (name: string) => ({
  executable,
  dbFile: join(folder, `${name}.db`),
  port: 0,
  uiPort: 0,
  namespace: 'drill',
  logFile: join(folder, `${name}.log`),
});

test('the server answers with its namespace and its Web UI, and is gone after stop', async () => {
  const server = await startTemporalServer(optionsOf('plain'));
  const connection = await Connection.connect({ address: server.address });
  const { namespaceInfo } = await connection.workflowService.describeNamespace({ namespace: 'drill' });
  expect(namespaceInfo?.name).toBe('drill');
  expect((await fetch(server.uiUrl)).status).toBe(200);
  await connection.close();

  await server.stop();
  expect(await server.exited).toBe(0);
  await expect(reach(server.address)).rejects.toThrow('ECONNREFUSED');
}, 30_000);

test('what was started before a kill -9 is there after a restart on the same file', async () => {
  const first = await startTemporalServer(optionsOf('durable'));
  const connection = await Connection.connect({ address: first.address });
  const client = new Client({ connection, namespace: 'drill' });
  await client.workflow.start('anything', { workflowId: 'kept', taskQueue: 'nobody' });
  await connection.close();
  process.kill(first.pid, 'SIGKILL');
  expect(await first.exited).toBeNull();

  const second = await startTemporalServer(optionsOf('durable'));
  const again = await Connection.connect({ address: second.address });
  const handle = new Client({ connection: again, namespace: 'drill' }).workflow.getHandle('kept');
  expect((await handle.describe()).status.name).toBe('RUNNING');
  await again.close();
  await second.stop();
}, 30_000);

test('a server that panics at its first start is started again', async () => {
  const panicsOnce = join(folder, 'panics-once');
  const mark = join(folder, 'started-before');
  const script = `#!/bin/sh
[ "$1" = --version ] || [ -e ${mark} ] || { touch ${mark}; echo 'panic: no port' >&2; exit 2; }
exec ${executable} "$@"
`;
  writeFileSync(panicsOnce, script, { mode: 0o755 });
  const server = await startTemporalServer({ ...optionsOf('again'), executable: panicsOnce });
  expect((await fetch(server.uiUrl)).status).toBe(200);
  await server.stop();
}, 30_000);

test('the server ends with the process that started it, even by kill -9', async () => {
  const script = `
    import { startTemporalServer } from '${PROJECT_ROOT}/dist/temporal/start-server.js';
    console.log((await startTemporalServer(${JSON.stringify(optionsOf('orphan'))})).address);
    setInterval(() => {}, 1000);`;
  const parent = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [address] = await once(parent.stdout.setEncoding('utf8'), 'data');
  await reach(address.trim());
  parent.kill('SIGKILL');
  await expect.poll(() => reach(address.trim()).catch(String), { timeout: 10_000 }).toContain('ECONNREFUSED');
}, 30_000);

/** Connects, and hangs up. */
async function reach(address: string): Promise<void> {
  const [host, port] = address.split(':');
  const socket = connect(Number(port), host);
  await once(socket, 'connect').finally(() => socket.destroy());
}
