import { randomUUID } from 'node:crypto';
import type { Duplex } from 'node:stream';
import Docker from 'dockerode';
import type { TestContext } from 'vitest';
import { readSeccompProfile } from '../../src/activities/seccomp-profile.js';
import { buildSupervisorImage } from './supervisor-image.js';

export const docker = new Docker();
/** Every container of this test run carries it. */
export const runLabel = `braindrill.test=${randomUUID()}`;

let image: Promise<string> | undefined;
const sandbox = new URL('../../sandbox', import.meta.url).pathname;

export interface ContainerOptions {
  run?: string[];
  compile?: string[];
  compileTimeLimitMs?: number;
  /** Which word of the commands is the file to begin with. */
  file?: string;
  /** Before which of its words compile gets more. */
  flagsAt?: number;
  timeLimitMs?: number;
  outputBytes?: number;
  memoryBytes?: number;
  tmpBytes?: number;
  sanitized?: boolean;
  cells?: boolean;
  /** Started before the job comes. */
  ready?: string[];
  /** The profile of containers without cells. */
  strictProfile?: boolean;
}

export interface Frame {
  kind: string;
  payload: Buffer;
}

export interface Result {
  phase: 'run' | 'compile';
  exit_code: number | null;
  signal: number | null;
  wall_us: number;
  cpu_us: number;
  memory_bytes: number;
  timed_out: boolean;
  output_limit: boolean;
  killed: boolean;
  oom_kills: number;
  stdout_bytes: number;
  stderr_bytes: number;
  compile_wall_us: number | null;
}

export interface Ending {
  /** The container's, which is the supervisor's. */
  exitCode: number;
  frames: Frame[];
  /** The kinds in order, a run of the same kind once. */
  order: string;
  phases: string;
  stdout: Buffer;
  stderr: Buffer;
  /** What became of each wanted file: a letter, and a file's content. */
  wanted: [string, string?][];
  fault: string | undefined;
  /** What the supervisor itself wrote to its stderr. */
  complaint: string;
  result: Result | undefined;
}

export interface Supervised {
  container: Docker.Container;
  stream: Duplex;
  send(kind: string, payload?: string | Buffer): void;
  sendRaw(bytes: Buffer): void;
  /** Resolves with the first frame of that kind. */
  frame(kind: string): Promise<Frame>;
  /** Every frame until now. */
  frames: Frame[];
  ended: Promise<Ending>;
}

/** A container as the runner makes them, with the supervisor waiting for frames. It goes when the test ends. */
export async function startSupervised(context: TestContext, options: ContainerOptions): Promise<Supervised> {
  image ??= buildSupervisorImage(docker);
  const container = await docker.createContainer(toContainerOptions(await image, options));
  const attached = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
  const stream = (await container.attach(attached)) as Duplex;
  context.onTestFinished(async () => {
    stream.destroy();
    await container.remove({ force: true });
  });
  stream.on('error', () => {});

  const frames: Frame[] = [];
  const waiting = new Map<string, (frame: Frame) => void>();
  let complaint = '';
  const parse = createFrameParser((frame) => {
    frames.push(frame);
    waiting.get(frame.kind)?.(frame);
  });
  stream.on(
    'data',
    createDemultiplexer((source, chunk) => {
      if (source === 1) parse(chunk);
      else complaint += chunk;
    }),
  );
  const closed = new Promise<void>((resolve) => stream.once('close', resolve).once('end', resolve));
  await container.start();

  return {
    container,
    stream,
    send: (kind, payload = '') => stream.write(toFrame(kind, payload)),
    sendRaw: (bytes) => stream.write(bytes),
    frame: (kind) => new Promise((resolve) => waiting.set(kind, resolve)),
    frames,
    ended: closed.then(async () => {
      const { StatusCode } = await container.wait();
      return toEnding(StatusCode, frames, complaint);
    }),
  };
}

export interface Job extends ContainerOptions {
  files?: Record<string, string | Buffer>;
  args?: string[];
  entry?: string;
  flags?: string[];
  /** What its compile step makes is told, or kept for further runs. */
  tell?: boolean;
  hold?: boolean;
  /** Paths of files to be given back. */
  wanted?: string[];
  env?: string[];
  limits?: string[];
  stdin?: string | Buffer;
}

/** A whole job: files, arguments, environment, limits, go, standard input and its end. */
export async function runJob(context: TestContext, job: Job): Promise<Ending> {
  const box = await startSupervised(context, job);
  const ready = box.frame('N');
  for (const [path, content] of Object.entries(job.files ?? {})) box.send('F', toFile(path, content));
  for (const argument of job.args ?? []) box.send('A', argument);
  if (job.entry !== undefined) box.send('B', job.entry);
  if (job.hold) box.send('H');
  if (job.tell) box.send('T');
  for (const path of job.wanted ?? []) box.send('W', path);
  for (const flag of job.flags ?? []) box.send('C', flag);
  for (const variable of job.env ?? []) box.send('E', variable);
  for (const limit of job.limits ?? []) box.send('L', limit);
  box.send('G');
  const stdin = Buffer.from(job.stdin ?? '');
  for (let at = 0; at < stdin.length; at += 65_536) box.send('I', stdin.subarray(at, at + 65_536));
  box.send('X');
  if (job.cells) {
    await Promise.race([ready, box.ended]);
    box.stream.end();
  }
  return await box.ended;
}

export function toFrame(kind: string, payload: string | Buffer = ''): Buffer {
  const bytes = Buffer.from(payload);
  const head = Buffer.alloc(5);
  head.writeUInt32BE(bytes.length);
  head.write(kind, 4, 'latin1');
  return Buffer.concat([head, bytes]);
}

export function toFile(path: string | Buffer, content: string | Buffer = ''): Buffer {
  const name = Buffer.from(path);
  const length = Buffer.alloc(2);
  length.writeUInt16BE(name.length);
  return Buffer.concat([length, name, Buffer.from(content)]);
}

/** A P frame: a file or folder as it was told of once. */
export function toTold(
  kind: string,
  mode: number,
  path: string | Buffer,
  content: string | Buffer = '',
  changed = 1_000_000_000n,
): Buffer {
  const head = Buffer.alloc(11);
  head.write(kind, 0, 'latin1');
  head.writeUInt16BE(mode, 1);
  head.writeBigUInt64BE(changed, 3);
  return toFrame('P', Buffer.concat([head, toFile(path, content)]));
}

// Docker's attach stream: u8 stream, 3 zeros, u32 length, payload.
function createDemultiplexer(onChunk: (source: number, chunk: Buffer) => void): (chunk: Buffer) => void {
  return createSplitter(
    8,
    (head) => head.readUInt32BE(4),
    (head, payload) => onChunk(head[0]!, payload),
  );
}

function createFrameParser(onFrame: (frame: Frame) => void): (chunk: Buffer) => void {
  return createSplitter(
    5,
    (head) => head.readUInt32BE(0),
    (head, payload) => onFrame({ kind: String.fromCharCode(head[4]!), payload }),
  );
}

function createSplitter(
  headBytes: number,
  lengthOf: (head: Buffer) => number,
  onUnit: (head: Buffer, payload: Buffer) => void,
): (chunk: Buffer) => void {
  let waiting: Buffer[] = [];
  let bytes = 0;
  let wanted = headBytes;
  return (chunk) => {
    waiting.push(chunk);
    bytes += chunk.length;
    if (bytes < wanted) return;
    let rest = Buffer.concat(waiting);
    for (;;) {
      wanted = rest.length < headBytes ? headBytes : headBytes + lengthOf(rest);
      if (rest.length < wanted) break;
      onUnit(rest.subarray(0, headBytes), rest.subarray(headBytes, wanted));
      rest = rest.subarray(wanted);
    }
    waiting = [rest];
    bytes = rest.length;
  };
}

export function toEnding(exitCode: number, frames: Frame[], complaint: string): Ending {
  const payloads = (kind: string) =>
    frames.filter((frame) => frame.kind === kind).map((frame) => frame.payload);
  const [result] = payloads('R');
  return {
    exitCode,
    frames,
    order: frames
      .map((frame) => frame.kind)
      .join('')
      .replace(/(.)\1+/g, '$1'),
    phases: Buffer.concat(payloads('P')).toString(),
    stdout: Buffer.concat(payloads('O')),
    stderr: Buffer.concat(payloads('E')),
    wanted: toWanted(frames),
    fault: payloads('!')[0]?.toString(),
    complaint,
    result: result && (JSON.parse(result.toString()) as Result),
  };
}

/** A file is as long as its head said, or this throws. */
function toWanted(frames: Frame[]): [string, string?][] {
  const wanted: [string, string?][] = [];
  for (const { kind, payload } of frames.filter(({ kind }) => kind === 'W' || kind === 'D')) {
    const last = wanted.at(-1);
    if (kind === 'D') last![1] += payload.toString('latin1');
    else wanted.push(payload[0] === 0x46 ? ['F', ''] : [String.fromCharCode(payload[0]!)]);
  }
  const sizes = frames.filter(({ kind }) => kind === 'W').map(({ payload }) => payload.readUInt32BE(1));
  if (wanted.some(([, content = ''], at) => content.length !== sizes[at]))
    throw new Error('a file of another size');
  return wanted;
}

function toContainerOptions(name: string, options: ContainerOptions): Docker.ContainerCreateOptions {
  const [labelName, labelValue] = runLabel.split('=') as [string, string];
  const memory = options.sanitized ? 512 * 2 ** 20 : (options.memoryBytes ?? 64 * 2 ** 20);
  const tmpfs = (bytes: number, more: string) =>
    `rw,nosuid,nodev,size=${bytes},nr_inodes=4096,uid=60000,gid=60000,${more}`;
  return {
    Image: name,
    Cmd: toCommand(options),
    User: '60000:60000',
    WorkingDir: '/job',
    Env: ['PATH=/usr/local/bin:/usr/bin:/bin', 'HOME=/job', 'LANG=C.UTF-8', 'TMPDIR=/tmp'],
    Labels: { [labelName]: labelValue },
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    StdinOnce: true,
    Tty: false,
    HostConfig: {
      NetworkMode: 'none',
      SecurityOpt: [
        'no-new-privileges',
        `seccomp=${readSeccompProfile(sandbox, { cells: options.cells === true && !options.strictProfile })}`,
      ],
      CapDrop: ['ALL'],
      ReadonlyRootfs: true,
      Tmpfs: {
        '/job': tmpfs(32 * 2 ** 20, 'exec'),
        '/tmp': tmpfs(options.tmpBytes ?? 16 * 2 ** 20, 'exec'),
        '/dev/shm': tmpfs(2 ** 20, 'noexec'),
      },
      Memory: memory,
      MemorySwap: memory,
      PidsLimit: 64,
      NanoCpus: 1e9,
      Ulimits: [
        { Name: 'nofile', Soft: 256, Hard: 256 },
        { Name: 'core', Soft: 0, Hard: 0 },
        { Name: 'memlock', Soft: 65_536, Hard: 65_536 },
        { Name: 'fsize', Soft: 64 * 2 ** 20, Hard: 64 * 2 ** 20 },
      ],
      IpcMode: 'none',
      LogConfig: { Type: 'none', Config: {} },
      OomScoreAdj: 500,
      ...{ CgroupnsMode: 'private' }, // not in the types
    },
  };
}

const TMPFS = 'size=32m,nr_inodes=4096,mode=0700,uid=60000,gid=60000';
const CELLS = [
  '--cells',
  ...['--tmpfs', '/job', TMPFS, '--tmpfs', '/tmp', TMPFS],
  ...['--tmpfs-noexec', '/dev/shm', 'size=1m,nr_inodes=4096,mode=0700,uid=60000,gid=60000'],
];

function toCommand(options: ContainerOptions): string[] {
  const compile = options.compile
    ? [
        '--compile-time-limit-ms',
        String(options.compileTimeLimitMs ?? 10_000),
        ...(options.flagsAt === undefined ? [] : ['--flags-at', String(options.flagsAt)]),
        '--compile',
        ...options.compile,
      ]
    : [];
  return [
    options.sanitized ? '/supervisor-sanitized' : '/supervisor',
    ...['--dir', '/job'],
    ...['--time-limit-ms', String(options.timeLimitMs ?? 10_000)],
    ...['--output-bytes', String(options.outputBytes ?? 1_048_576)],
    ...(options.cells ? CELLS : []),
    ...(options.file === undefined ? [] : ['--file', options.file]),
    ...compile,
    ...(options.ready ? ['--ready', ...options.ready] : []),
    ...['--run', ...(options.run ?? ['true'])],
  ];
}
