// What must be as it was: after every program its processes are gone, and its container if it was for it alone; after every
// round nothing has piled up.
import { setTimeout as sleep } from 'node:timers/promises';
import { ISOLATION_LABEL, RUNNER_LABEL } from '../../src/activities/container-options.js';
import { KEPT_BYTES } from '../../src/activities/run-program.js';
import {
  busyContainerIds,
  type HostProcess,
  isStillThere,
  isWaiting,
  jobProcesses,
  leftFiles,
  leftIpc,
  mountPoints,
  programProcesses,
  residentBytes,
  zombies,
} from './host.js';
import { COMPILE_CACHE_MB, type HostileService } from './hostile-service.js';

/** How long what ended may take to be gone. */
const GONE_MS = 15_000;

/** How long the runner's log is looked into for a job's container. */
const TOLD_MS = 2_000;

/**
 * What the runner may hold more than after its warm-up, in bytes: what it keeps on purpose, and what V8 lets pile up between two
 * collections of some 50 MB that live. In ten rounds it was 89 MiB at most.
 */
const GROWTH_BYTES = (96 + COMPILE_CACHE_MB) * 2 ** 20 + KEPT_BYTES;

export type Watch = {
  /** What is left of a job that has ended, in words. */
  afterJob(jobId: string): Promise<string[]>;
  /** What has piled up since the watch began, in words. */
  afterRound(): Promise<string[]>;
  /** The runner's memory now and at the beginning, in MiB. */
  runnerMemory(): { atStart: number; now: number };
  stop(): void;
};

/** Notes how the host is now; tells of differences later. */
export async function watchHost(service: HostileService): Promise<Watch> {
  const { docker, processes } = service;
  /** Every container of ours, and where its file system is mounted. */
  const ours = new Map<string, string>();
  const events = await docker.getEvents({
    filters: { type: ['container'], event: ['create'], label: [`${RUNNER_LABEL}=${service.runnerName}`] },
  });
  events.on('data', (line: Buffer) => {
    for (const [, id] of line.toString().matchAll(/"id":"([0-9a-f]{64})"/g)) void noteContainer(id as string);
  });
  const runner = processes.runner?.pid as number;
  const pids = JSON.stringify(pidsOf(service));
  const bytesAtStart = residentBytes(runner);
  const volumesAtStart = await volumeNames();
  const strangersAtStart = new Set(jobProcesses().map(({ pid, startedAt }) => `${pid} ${startedAt}`));
  const filesAtStart = new Set(leftFiles());
  const ipcAtStart = new Set(leftIpc());

  async function volumeNames(): Promise<string[]> {
    return ((await docker.listVolumes()).Volumes ?? []).map(({ Name }) => Name);
  }

  async function noteContainer(id: string): Promise<void> {
    ours.set(id, '');
    const container = await docker
      .getContainer(id)
      .inspect()
      .catch(() => undefined);
    // One that went before it could be asked has no place to look at; its processes are looked for all the same.
    if (container) ours.set(id, (container.GraphDriver.Data as { MergedDir?: string }).MergedDir ?? '');
  }

  async function liveContainers(): Promise<Set<string>> {
    return new Set((await docker.listContainers()).map(({ Id }) => Id));
  }

  /** File systems of containers of ours that are gone. */
  async function leftMounts(): Promise<string[]> {
    const mounted = new Set(mountPoints());
    const live = await liveContainers();
    return [...ours]
      .filter(([id, place]) => mounted.has(place) && !live.has(id))
      .map(([, place]) => `mount ${place}`);
  }

  /** Processes of jobs outside any container, and of containers of ours that are gone. */
  async function strays(): Promise<string[]> {
    const suspects = jobProcesses().filter(
      ({ pid, startedAt, container }) =>
        !strangersAtStart.has(`${pid} ${startedAt}`) && (container === undefined || ours.has(container)),
    );
    const live = await liveContainers();
    return suspects
      .filter((suspect) => !live.has(suspect.container ?? '') && isStillThere(suspect))
      .map(({ pid, name, uid, container }) => `process ${pid} ${name} of user ${uid} in ${container}`);
  }

  async function containersWith(label: string): Promise<string[]> {
    const containers = await docker.listContainers({ all: true, filters: { label: [label] } });
    const jobs = containers.filter(({ Labels }) => Labels[ISOLATION_LABEL] === 'container');
    return jobs.map(({ Names, State }) => `container ${Names[0]} is ${State}`);
  }

  /** As the runner's log tells it, which says so before the program is sent; read again, since it is read while others write. */
  async function containerOf(jobId: string): Promise<string | undefined> {
    for (const deadline = Date.now() + TOLD_MS; ; await sleep(100)) {
      const container = service.containerOf(jobId);
      if (container !== undefined || Date.now() > deadline) return container;
    }
  }

  return {
    async afterJob(jobId) {
      const container = await containerOf(jobId);
      if (container === undefined) return ['no line of the log tells its container'];
      // A program that has got the container meanwhile ends soon, and what is being started ahead will soon be waiting.
      const others = programProcesses().filter((one) => one.container === container);
      const isStillRunning = (one: HostProcess) => isStillThere(one) && !isWaiting(one.pid);
      return untilGone(async () => [
        ...(service.isolation === 'container' && (await liveContainers()).has(container)
          ? [`container ${container} is still there`]
          : []),
        ...others.filter(isStillRunning).map(({ pid, name }) => `process ${pid} ${name} in ${container}`),
        ...(await strays()),
      ]);
    },
    afterRound: async () => [
      ...(await untilGone(() => containersWith(`${RUNNER_LABEL}=${service.runnerName}`))),
      ...(await untilGone(async () =>
        [...busyContainerIds()].filter((id) => ours.has(id)).map((id) => `program in ${id}`),
      )),
      ...(await untilGone(strays)),
      ...(await untilGone(async () => zombies(Object.values(pidsOf(service))).map(toZombie))),
      ...(await untilGone(leftMounts)),
      ...(await volumeNames())
        .filter((name) => !volumesAtStart.includes(name))
        .map((name) => `volume ${name}`),
      ...leftFiles()
        .filter((path) => !filesAtStart.has(path))
        .map((path) => `file ${path}`),
      ...leftIpc()
        .filter((name) => !ipcAtStart.has(name))
        .map((name) => `shared ${name}`),
      ...(JSON.stringify(pidsOf(service)) === pids ? [] : [`processes were ${pids}, are now others`]),
      ...(residentBytes(runner) - bytesAtStart > GROWTH_BYTES
        ? [`the runner holds ${toMib(residentBytes(runner))} MiB, at the start ${toMib(bytesAtStart)}`]
        : []),
    ],
    runnerMemory: () => ({ atStart: toMib(bytesAtStart), now: toMib(residentBytes(runner)) }),
    stop: () => (events as NodeJS.ReadableStream & { destroy(): void }).destroy(),
  };
}

async function untilGone(look: () => Promise<string[]>): Promise<string[]> {
  const deadline = Date.now() + GONE_MS;
  for (;;) {
    const left = await look();
    if (left.length === 0 || Date.now() > deadline) return left;
    await sleep(50);
  }
}

const toZombie = ({ pid, name, parent }: { pid: number; name: string; parent: number }) =>
  `zombie ${pid} ${name} below ${parent}`;

const toMib = (bytes: number) => Math.round(bytes / 2 ** 20);

function pidsOf({ processes: { temporal, api, runner } }: HostileService): Record<string, number> {
  return Object.fromEntries(
    Object.entries({ temporal, api, runner }).map(([name, kept]) => [name, kept?.pid ?? 0]),
  );
}
