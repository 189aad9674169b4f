// Every option of a job's container, and why it may be there. Pure: what Docker is asked for can be read and tested here.
import type { ContainerCreateOptions, HostConfig } from 'dockerode';
import { splitCompile, takesEntrypoint } from '../language-commands.js';
import type { Language, Limits } from '../languages.js';

/** Label of every container that a runner makes; its value is the runner's name. */
export const RUNNER_LABEL = 'braindrill.runner';

/** Label of a container for programs: their language. (Holders have their image's label braindrill.language.) */
export const LANGUAGE_LABEL = 'braindrill.programs';

/** How the programs of a container are kept apart; on those that were made for a job. */
export const ISOLATION_LABEL = 'braindrill.isolation';

/** A container for each program, or for each caller, in which each of his programs has a cell of its own. */
export type Isolation = 'container' | 'cells';

/** What a container borrows for its life, so that no two running programs share it. */
export type Slot = {
  /** 0 and up; shown to people. */
  index: number;
  /** Numeric user of the supervisor and the program: the kernel's per-user quotas are shared by equal ones. */
  uid: number;
  /** Container whose empty network namespace is joined: making a fresh one costs some 100 ms. Empty: there is none. */
  holderId: string;
};

export type ContainerPlan = {
  name: string;
  image: string;
  language: Language;
  slot: Slot;
  isolation: Isolation;
  seccompProfile: string;
  labels: Record<string, string>;
};

const MIB = 1024 * 1024;

const HOSTNAME = 'braindrill';

/** Files that tell a program about the host; Docker's own list and some more. */
const MASKED_PATHS = [
  ...['acpi', 'asound', 'kcore', 'keys', 'latency_stats', 'sched_debug', 'scsi', 'timer_list', 'timer_stats'],
  ...['cmdline', 'version', 'kallsyms', 'modules', 'interrupts', 'diskstats', 'partitions', 'vmstat'],
  ...['zoneinfo', 'config.gz', 'pressure'],
].map((name) => `/proc/${name}`);

const MASKED_SYSTEM_PATHS = [
  ...['firmware', 'block', 'module', 'devices/virtual/dmi', 'devices/virtual/powercap'],
].map((name) => `/sys/${name}`);

/** Options of a container that runs jobs of `plan.language`, one, or with cells one after the other. */
export function toContainerOptions(plan: ContainerPlan): ContainerCreateOptions {
  const { language, slot } = plan;
  const cells = plan.isolation === 'cells';
  return {
    name: plan.name,
    Image: plan.image,
    User: `${slot.uid}:${slot.uid}`,
    // Who joins a holder's namespace has its name.
    ...(slot.holderId === '' ? { Hostname: HOSTNAME } : {}),
    // The folder of the image below the cells' own is nobody's to enter.
    WorkingDir: cells ? '/' : '/job',
    Entrypoint: ['/supervisor'],
    Cmd: supervisorArguments(language, cells ? cellArguments(slot.uid, language.limits) : []),
    Env: [
      'PATH=/usr/local/bin:/usr/bin:/bin',
      'HOME=/job',
      'LANG=C.UTF-8',
      'TMPDIR=/tmp',
      ...toEnv(language.env),
    ],
    Labels: plan.labels,
    ...ATTACHED_STDIO,
    HostConfig: {
      ...hardenedHostConfig(plan.seccompProfile),
      ...(language.runtime === undefined ? {} : { Runtime: language.runtime }),
      ...(slot.holderId === '' ? OWN_NETWORK : { NetworkMode: `container:${slot.holderId}` }),
      ...resourceLimits(language.limits),
      // With cells only a place to mount theirs on.
      Tmpfs: cells
        ? { '/dev/shm': 'rw,noexec,nosuid,nodev,size=4096' }
        : tmpfsMounts(slot.uid, language.limits),
    },
  };
}

/** Options of a namespace holder: an idle supervisor that waits for a job which never comes. */
export function toHolderOptions(plan: Pick<ContainerPlan, 'name' | 'image' | 'seccompProfile' | 'labels'>) {
  return {
    name: plan.name,
    Image: plan.image,
    User: '59999:59999',
    Hostname: HOSTNAME,
    Entrypoint: ['/supervisor'],
    Cmd: ['--dir', '/', '--time-limit-ms', '1000', '--output-bytes', '1', '--run', '/supervisor'],
    Labels: plan.labels,
    OpenStdin: true,
    HostConfig: {
      ...hardenedHostConfig(plan.seccompProfile),
      ...OWN_NETWORK,
      // What runc itself needs before the supervisor is there, as it has in any job's container: its threads count too.
      Memory: 64 * MIB,
      MemorySwap: 64 * MIB,
      PidsLimit: 64,
    },
  } satisfies ContainerCreateOptions;
}

/** A network namespace with nothing in it but loopback. */
const OWN_NETWORK = { NetworkMode: 'none', Dns: ['127.0.0.1'] };

const ATTACHED_STDIO = {
  AttachStdin: true,
  AttachStdout: true,
  AttachStderr: true,
  OpenStdin: true,
  StdinOnce: true,
  Tty: false,
};

/** @types/dockerode does not know the option yet. */
type HardenedHostConfig = HostConfig & { CgroupnsMode: 'private' };

function hardenedHostConfig(seccompProfile: string): HardenedHostConfig {
  return {
    SecurityOpt: ['no-new-privileges', `seccomp=${seccompProfile}`],
    CapDrop: ['ALL'],
    ReadonlyRootfs: true,
    IpcMode: 'none',
    CgroupnsMode: 'private',
    LogConfig: { Type: 'none', Config: {} },
    AutoRemove: false,
    Init: false,
    OomScoreAdj: 500,
    MaskedPaths: [...MASKED_PATHS, ...MASKED_SYSTEM_PATHS],
  };
}

function resourceLimits({ cpus, memoryBytes, processes, openFiles }: Limits): HostConfig {
  const ulimit = (Name: string, value: number) => ({ Name, Soft: value, Hard: value });
  return {
    NanoCpus: Math.round(cpus * 1e9),
    Memory: memoryBytes,
    MemorySwap: memoryBytes,
    PidsLimit: processes,
    Ulimits: [
      ulimit('nofile', openFiles),
      ulimit('fsize', memoryBytes),
      // Too small for a file, as 0 is; and the only limit at which the kernel feeds no core to a helper on the host. The
      // system-call filter keeps programs from changing it.
      ulimit('core', 1),
      ulimit('memlock', 64 * 1024),
      ulimit('stack', 8 * MIB),
    ],
  };
}

/** Everything that can be written to. It counts as the program's memory, and goes with the container. */
function tmpfsMounts(uid: number, limits: Limits): Record<string, string> {
  const mounts = writableFolders(limits).map(({ path, bytes, exec }) => [
    path,
    `rw,${exec ? 'exec' : 'noexec'},nosuid,nodev,${tmpfsOptions(bytes, uid)}`,
  ]);
  return Object.fromEntries(mounts);
}

/** The same, for each cell. */
function cellArguments(uid: number, limits: Limits): string[] {
  const mounts = writableFolders(limits).flatMap(({ path, bytes, exec }) => [
    exec ? '--tmpfs' : '--tmpfs-noexec',
    path,
    tmpfsOptions(bytes, uid),
  ]);
  return ['--cells', ...mounts];
}

const writableFolders = ({ memoryBytes }: Limits) => [
  { path: '/job', bytes: memoryBytes, exec: true },
  { path: '/tmp', bytes: memoryBytes, exec: true },
  { path: '/dev/shm', bytes: Math.min(memoryBytes, 64 * MIB), exec: false },
];

const tmpfsOptions = (bytes: number, uid: number) =>
  `size=${bytes},nr_inodes=4096,mode=0700,uid=${uid},gid=${uid}`;

function supervisorArguments(language: Language, cells: readonly string[]): string[] {
  const { file, compile, run, limits } = language;
  const ready = readyCommand(language);
  return [
    ...[
      '--dir',
      '/job',
      '--time-limit-ms',
      `${limits.timeLimitMs}`,
      '--output-bytes',
      `${limits.outputBytes}`,
    ],
    ...cells,
    ...(language['fork-server'] ? ['--fork-server'] : []),
    ...(takesEntrypoint(language) ? ['--file', file] : []),
    ...(compile ? compileArguments(compile, limits) : []),
    ...(ready.length > 0 ? ['--ready', ...ready] : []),
    ...['--run', ...run],
  ];
}

/** What waits for a program, none where it is an empty list. sandbox/ready/wait-for-program.c is in every image. */
function readyCommand({ ready = [], run, file }: Language): readonly string[] {
  if (typeof ready !== 'string') return ready;
  const at = ready === 'at-open' ? 'READY_AT_OPEN' : 'READY_AT_READ';
  return ['LD_PRELOAD=/wait-for-program.so', `${at}=/job/${file}`, ...run];
}

function compileArguments(compile: readonly string[], { compileTimeLimitMs }: Limits): string[] {
  const { words, flagsAt } = splitCompile(compile);
  return [
    ...['--compile-time-limit-ms', `${compileTimeLimitMs}`],
    ...(flagsAt === undefined ? [] : ['--flags-at', `${flagsAt}`]),
    ...['--compile', ...words],
  ];
}

function toEnv(variables: Record<string, string>): string[] {
  return Object.entries(variables).map(([name, value]) => `${name}=${value}`);
}
