import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import Docker from 'dockerode';
import { afterEach, expect, test, vi } from 'vitest';
import { watchContainers } from '../../src/activities/container-watch.js';

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** An engine that knows nothing but events, and a watch on it. */
async function startWatch() {
  const requests: URL[] = [];
  const streams: ServerResponse[] = [];
  const server = createServer((request, response) => {
    requests.push(new URL(request.url as string, 'http://engine'));
    streams.push(response);
    response.writeHead(200, { 'Content-Type': 'application/json' }).flushHeaders();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const gate = { pass: vi.fn(async () => {}), close: vi.fn() };
  const docker = new Docker({ host: '127.0.0.1', port, protocol: 'http' });
  const watch = watchContainers({ docker, runner: 'r', gate });
  stops.push(() => {
    watch.stop();
    server.closeAllConnections();
    server.close();
  });
  await vi.waitFor(() => expect(streams).toHaveLength(1));
  const pause = (id: string) =>
    `${JSON.stringify({ Type: 'container', Action: 'pause', Actor: { ID: id } })}\n`;
  return { watch, gate, requests, streams, pause };
}

test('asks for pauses of this runner’s containers only', async () => {
  const { requests } = await startWatch();
  expect(requests[0]?.pathname).toBe('/events');
  expect(JSON.parse(requests[0]?.searchParams.get('filters') as string)).toEqual({
    type: ['container'],
    event: ['pause'],
    label: ['braindrill.runner=r'],
  });
  expect(Number(requests[0]?.searchParams.get('since'))).toBeGreaterThan(Date.now() / 1000 - 10);
});

test('tells whose container was paused, also when an event comes in pieces', async () => {
  const { watch, streams, pause } = await startWatch();
  const [a, b, c] = [vi.fn(), vi.fn(), vi.fn()];
  watch.onPause('a', a);
  watch.onPause('b', b);
  watch.onPause('c', c)();
  const text = pause('c') + pause('other') + pause('a');
  streams[0]?.write(text.slice(0, -20));
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(a).not.toHaveBeenCalled();
  streams[0]?.write(text.slice(-20));
  await vi.waitFor(() => expect(a).toHaveBeenCalledTimes(1));
  expect(b).not.toHaveBeenCalled();
  expect(c).not.toHaveBeenCalled();
});

test('the end of the stream closes the gate, and behind it the watch begins anew where it ended', async () => {
  const { watch, gate, requests, streams, pause } = await startWatch();
  let open = () => {};
  gate.pass.mockImplementation(() => new Promise<void>((resolve) => (open = resolve)));
  streams[0]?.destroy();
  await vi.waitFor(() => expect(gate.close).toHaveBeenCalledTimes(1));
  await vi.waitFor(() => expect(gate.pass).toHaveBeenCalledTimes(2));
  expect(streams).toHaveLength(1);
  open();
  await vi.waitFor(() => expect(streams).toHaveLength(2));
  const [first, second] = requests.map(({ searchParams }) => Number(searchParams.get('since')));
  expect(second).toBeLessThanOrEqual((first as number) + 1);
  const paused = vi.fn();
  watch.onPause('a', paused);
  streams[1]?.write(pause('a'));
  await vi.waitFor(() => expect(paused).toHaveBeenCalledTimes(1));
});

test('a stopped watch lets go of its stream and closes no gate', async () => {
  const { watch, gate, streams } = await startWatch();
  const closed = new Promise<void>((resolve) => streams[0]?.once('close', resolve));
  watch.stop();
  await closed;
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(gate.close).not.toHaveBeenCalled();
  expect(streams).toHaveLength(1);
});
