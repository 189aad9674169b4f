import { expect, test } from 'vitest';
import { toContainerOptions, toHolderOptions } from '../../src/activities/container-options.js';
import type { Language } from '../../src/languages.js';

const LANGUAGE: Language = {
  id: 'python',
  name: 'Python',
  folder: '/nowhere',
  commonFolder: '',
  aliases: [],
  file: 'main.py',
  libraries: [],
  packages: ['python3'],
  entrypoint: true,
  needs: [],
  version: ['python3', '--version'],
  run: ['python3', 'main.py'],
  env: { PYTHONUNBUFFERED: '1' },
  hello: 'print(1)',
  warm: 0,
  limits: {
    cpus: 1.5,
    memoryBytes: 50 * 1024 * 1024,
    timeLimitMs: 5_000,
    compileTimeLimitMs: 30_000,
    outputBytes: 65_536,
    processes: 64,
    openFiles: 256,
  },
};

const PLAN = {
  name: 'braindrill-job-1',
  image: 'braindrill/python:abc',
  language: LANGUAGE,
  slot: { index: 3, uid: 60_003, holderId: 'f00' },
  isolation: 'container' as const,
  seccompProfile: '{}',
  labels: { 'braindrill.runner': 'here' },
};

test('a container has no capability, no privilege to gain, no writable root and no network of its own', () => {
  const { HostConfig, User, Tty } = toContainerOptions(PLAN);
  expect(User).toBe('60003:60003');
  expect(Tty).toBe(false);
  expect(HostConfig).toMatchObject({
    NetworkMode: 'container:f00',
    SecurityOpt: ['no-new-privileges', 'seccomp={}'],
    CapDrop: ['ALL'],
    ReadonlyRootfs: true,
    IpcMode: 'none',
    CgroupnsMode: 'private',
    LogConfig: { Type: 'none' },
    AutoRemove: false,
    Init: false,
    OomScoreAdj: 500,
  });
  expect(HostConfig).not.toHaveProperty('Binds');
  expect(HostConfig).not.toHaveProperty('Mounts');
});

test('limits are the language’s, and swap adds nothing to memory', () => {
  const { HostConfig } = toContainerOptions(PLAN);
  const memory = 50 * 1024 * 1024;
  expect(HostConfig).toMatchObject({
    Memory: memory,
    MemorySwap: memory,
    NanoCpus: 1_500_000_000,
    PidsLimit: 64,
  });
  expect(HostConfig?.Ulimits).toContainEqual({ Name: 'nofile', Soft: 256, Hard: 256 });
  expect(HostConfig?.Ulimits?.map(({ Name }) => Name)).not.toContain('nproc');
});

test('what can be written to is bounded, owned by the program, and never set-uid', () => {
  const mounts = Object.entries(toContainerOptions(PLAN).HostConfig?.Tmpfs ?? {});
  expect(mounts.map(([path]) => path)).toEqual(['/job', '/tmp', '/dev/shm']);
  for (const [, options] of mounts) {
    expect(options).toMatch(/nosuid,nodev,size=\d+,nr_inodes=\d+/);
    expect(options).toContain('uid=60003,gid=60003');
  }
  expect(Object.fromEntries(mounts)['/dev/shm']).toContain('noexec');
});

test('the supervisor is told commands and limits, and the environment holds nothing inherited', () => {
  const { Cmd, Env, Entrypoint } = toContainerOptions(PLAN);
  expect(Entrypoint).toEqual(['/supervisor']);
  expect(Cmd).toEqual(
    '--dir /job --time-limit-ms 5000 --output-bytes 65536 --file main.py --run python3 main.py'.split(' '),
  );
  expect(Env?.map((variable) => variable.split('=', 1)[0])).toEqual([
    'PATH',
    'HOME',
    'LANG',
    'TMPDIR',
    'PYTHONUNBUFFERED',
  ]);
});

test('a compile step comes before the run command', () => {
  const language = { ...LANGUAGE, compile: ['gcc', 'main.c'], run: ['./main'] };
  const { Cmd } = toContainerOptions({ ...PLAN, language });
  expect(Cmd?.join(' ')).toContain('--compile-time-limit-ms 30000 --compile gcc main.c --run ./main');
});

test('the supervisor learns which file a job may begin with another than, and where flags go', () => {
  const toText = (changes: Partial<Language>) =>
    toContainerOptions({ ...PLAN, language: { ...LANGUAGE, ...changes } })
      .Cmd?.slice(6)
      .join(' ');
  const compile = ['gcc', 'main.py', '{flags}', '-o', 'main'];
  expect(toText({ compile, run: ['./main'] })).toBe(
    '--file main.py --compile-time-limit-ms 30000 --flags-at 2 --compile gcc main.py -o main --run ./main',
  );
  expect(toText({ compile: ['make', '{flags}'], run: ['./main'] })).toBe(
    '--compile-time-limit-ms 30000 --flags-at 1 --compile make --run ./main',
  );
  expect(toText({ entrypoint: false })).toBe('--run python3 main.py');
});

test('the supervisor learns what waits for a program', () => {
  const toText = (ready: Language['ready']) =>
    toContainerOptions({ ...PLAN, language: { ...LANGUAGE, ready } }).Cmd?.join(' ');
  expect(toText(['python3', '-X', 'ready'])).toContain(' --ready python3 -X ready --run python3 main.py');
  expect(toText('at-open')).toContain(
    ' --ready LD_PRELOAD=/wait-for-program.so READY_AT_OPEN=/job/main.py python3 main.py --run python3 main.py',
  );
  expect(toText('at-read')).toContain(
    ' --ready LD_PRELOAD=/wait-for-program.so READY_AT_READ=/job/main.py python3',
  );
  expect(toText(undefined)).not.toContain('--ready');
});

test('a holder is as hardened, with a network namespace of its own that leads nowhere', () => {
  const { HostConfig } = toHolderOptions({
    name: 'holder',
    image: 'image',
    seccompProfile: '{}',
    labels: {},
  });
  expect(HostConfig).toMatchObject({
    NetworkMode: 'none',
    CapDrop: ['ALL'],
    ReadonlyRootfs: true,
    PidsLimit: 64,
  });
});

test('with a runtime of its own a language gets a namespace of its own: what holds another may be no namespace there', () => {
  const slot = { index: 1_000, uid: 61_000, holderId: '' };
  const options = toContainerOptions({ ...PLAN, slot, language: { ...LANGUAGE, runtime: 'runsc' } });
  expect(options.HostConfig).toMatchObject({ Runtime: 'runsc', NetworkMode: 'none', Dns: ['127.0.0.1'] });
  expect(options.Hostname).toBe('braindrill');
  const { HostConfig, Hostname } = toContainerOptions(PLAN);
  expect(HostConfig).not.toHaveProperty('Runtime');
  // The engine refuses a name in somebody else's namespace.
  expect(Hostname).toBeUndefined();
});

test('a core is written nowhere: the limit is too small for a file, and the one at which pipes get none', () => {
  expect(toContainerOptions(PLAN).HostConfig?.Ulimits).toContainEqual({ Name: 'core', Soft: 1, Hard: 1 });
});

test('with cells the supervisor gets the mounts to make, and the container none but a place for one', () => {
  const { Cmd, HostConfig, WorkingDir } = toContainerOptions({ ...PLAN, isolation: 'cells' });
  const size = `size=${50 * 1024 * 1024},nr_inodes=4096,mode=0700,uid=60003,gid=60003`;
  expect(Cmd?.slice(6, 16)).toEqual([
    '--cells',
    ...['--tmpfs', '/job', size],
    ...['--tmpfs', '/tmp', size],
    ...['--tmpfs-noexec', '/dev/shm', size],
  ]);
  expect(HostConfig?.Tmpfs).toEqual({ '/dev/shm': 'rw,noexec,nosuid,nodev,size=4096' });
  expect(WorkingDir).toBe('/');
});
