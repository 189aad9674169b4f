// What the fuzzer starts from: streams that a runner sends, and the few that come near a limit.
import { toFile, toFrame, toTold } from './supervised-container.js';

/** See the head of supervisor-fuzz.c. */
type Play = {
  compiles?: boolean;
  reads?: boolean;
  slow?: boolean;
  /** One job follows the other. */
  cells?: boolean;
  /** The runner goes away once all is sent. */
  leaves?: boolean;
  pieces?: (typeof PIECES)[number];
  output?: (typeof OUTPUTS)[number];
  ending?: (typeof ENDINGS)[number];
  /** How often the frames from this one on come once more. */
  repeat?: { times: number; from: number };
};

const PIECES = [1, 5, 1000, 'whole'] as const;
const OUTPUTS = ['none', 'a byte', 'the limit', 'over the limit'] as const;
const ENDINGS = ['exits', 'is killed', 'never', 'no exec', 'dies before exec', 'no fork'] as const;

function toInput(frames: Buffer[], play: Play = {}): Buffer {
  const { pieces = 'whole', output = 'a byte', ending = 'exits', repeat = { times: 0, from: 0 } } = play;
  const flags = [play.compiles, play.reads, play.slow].map((set, bit) => (set ? 1 << bit : 0));
  const head = Buffer.alloc(6);
  head[0] = flags.reduce(
    (all, flag) => all | flag,
    (PIECES.indexOf(pieces) << 3) | (play.leaves ? 0 : 32) | (play.cells ? 64 : 0),
  );
  head[1] = OUTPUTS.indexOf(output);
  head[2] = ENDINGS.indexOf(ending);
  head[3] = repeat.times;
  head.writeUInt16BE(Buffer.concat(frames.slice(0, repeat.from)).length, 4);
  return Buffer.concat([head, ...frames]);
}

const source = toFrame('F', toFile('main.py', 'print(1)'));
const [go, end, kill, hold, made, tell, restored] = ['G', 'X', 'K', 'H', 'M', 'T', 'N'].map((kind) =>
  toFrame(kind),
) as [...[Buffer, Buffer, Buffer, Buffer, Buffer, Buffer, Buffer]];
const stdin = (bytes: number) => toFrame('I', Buffer.alloc(bytes, 'in'));
const job = [source, go, end];
const rich = [
  toFrame('F', toFile('src/deep/a.txt', 'deep')),
  toFrame('F', toFile('src/b.txt')),
  ...['--verbose', '', 'two words'].map((argument) => toFrame('A', argument)),
  ...['A=1', 'PATH=/usr/bin', 'A=2'].map((variable) => toFrame('E', variable)),
  toFrame('B', 'src/deep/a.txt'),
  ...['time_limit_ms=700', 'output_bytes=90', 'compile_time_limit_ms=1'].map((limit) => toFrame('L', limit)),
];

/** Inputs by name. */
export const SEEDS: Record<string, Buffer> = {
  ...Object.fromEntries(ENDINGS.map((ending) => [`job-${ending}`, toInput(job, { ending })])),
  ...Object.fromEntries(OUTPUTS.map((output) => [`output-${output}`, toInput(job, { output, slow: true })])),
  ...Object.fromEntries(PIECES.map((pieces) => [`pieces-${pieces}`, toInput([...rich, ...job], { pieces })])),
  compiled: toInput(job, { compiles: true }),
  'compile-refused': toInput(job, { compiles: true, ending: 'is killed' }),
  interactive: toInput([go, stdin(9), stdin(9), end], { reads: true, ending: 'never' }),
  signalled: toInput([go, toFrame('S', '\n'), toFrame('S', '\u000f')], { reads: true }),
  'runner-gone': toInput([go, stdin(9)], { leaves: true }),
  'runner-gone-while-stdin-waits': toInput([go, stdin(65_536)], {
    leaves: true,
    repeat: { times: 9, from: 1 },
  }),
  'compile-that-prints': toInput(job, { compiles: true, output: 'over the limit' }),
  killed: toInput([go, kill], { ending: 'never' }),
  'stdin-read': toInput([go, stdin(65_536)], { reads: true, repeat: { times: 9, from: 1 } }),
  'stdin-that-waits': toInput([go, stdin(65_536)], { ending: 'never', repeat: { times: 9, from: 1 } }),
  'too-many-arguments': toInput([toFrame('A', 'a'), toFrame('A', 'b')], { repeat: { times: 255, from: 0 } }),
  'most-arguments': toInput([toFrame('A', 'a')], { repeat: { times: 255, from: 0 } }),
  'too-many-variables': toInput([toFrame('E', 'A=1'), toFrame('E', 'B=')], {
    repeat: { times: 128, from: 0 },
  }),
  // 17 of them with their NULs are one byte more than fits.
  'text-that-fits-but-for-a-byte': toInput([toFrame('A', Buffer.alloc(61_680, 'a'))], {
    repeat: { times: 16, from: 0 },
  }),
  'begun-with': toInput([source, toFrame('B', 'main.py'), go, end, source, go, end], { cells: true }),
  'begun-with-twice': toInput([toFrame('B', 'a'), toFrame('B', 'b')]),
  'begun-with-outside': toInput([toFrame('B', 'a/../../b')]),
  flags: toInput([toFrame('C', '-O2'), toFrame('B', 'a/b'), toFrame('C', 'run'), ...job, ...job], {
    compiles: true,
    cells: true,
  }),
  'most-flags': toInput([toFrame('C', '-x'), ...job], { compiles: true, repeat: { times: 31, from: 0 } }),
  'too-many-flags': toInput([toFrame('C', '-x')], { compiles: true, repeat: { times: 32, from: 0 } }),
  'flags-for-nobody': toInput([toFrame('C', '-x')]),
  wanted: toInput(
    [
      ...rich,
      ...['main.py', 'src/b.txt', 'none', 'src', 'main.py/x'].map((path) => toFrame('W', path)),
      ...job,
    ],
    { cells: true, slow: true },
  ),
  'wanted-of-a-compiler': toInput([toFrame('W', 'main.py'), ...job], { compiles: true, ending: 'is killed' }),
  'wanted-that-is-large': toInput(
    [toFrame('F', toFile('a', Buffer.alloc(60_000))), ...['a', 'a'].map((path) => toFrame('W', path)), go],
    {},
  ),
  'too-many-wanted': toInput([toFrame('W', 'a')], { repeat: { times: 16, from: 0 } }),
  'wanted-outside': toInput([toFrame('W', '../a')]),
  'raised-limit': toInput([toFrame('L', 'time_limit_ms=99999'), ...job], { ending: 'never' }),
  'too-much-text': toInput([toFrame('A', Buffer.alloc(65_000, 'a'))], { repeat: { times: 20, from: 0 } }),
  'largest-frame': toInput([toFrame('A', Buffer.alloc(65_536, 'a')), ...job]),
  'longest-path': toInput([toFrame('F', toFile('a'.repeat(255), 'x')), go]),
  'path-outside': toInput([toFrame('F', toFile('../a', 'x')), go]),
  'one-path-twice': toInput([source, source, go]),
  'jobs-in-a-row': toInput([...job, ...job], { cells: true }),
  'jobs-ahead': toInput([...job, ...job, ...job], { cells: true, ending: 'never' }),
  'held-ahead': toInput([source, hold, go, end, made, go, end, made, go, end], {
    ...{ cells: true, compiles: true, slow: true },
  }),
  held: toInput([source, hold, go, end, made, go, end, made, go, end], { cells: true, compiles: true }),
  'held-by-nobody': toInput([made, go, end], { cells: true, compiles: true }),
  told: toInput([...rich, tell, ...job, ...rich, tell, ...job], { cells: true, compiles: true, slow: true }),
  'told-of-nobody': toInput([tell, go], {}),
  'told-that-is-large': toInput(
    [toFrame('F', toFile('a', Buffer.alloc(60_000))), tell, toFrame('W', 'a'), go, end],
    { compiles: true },
  ),
  restored: toInput(
    [
      ...[toTold('F', 0o755, 'main', 'made'), toTold('F', 0o400, 'a/b', ''), toTold('D', 0o500, 'a', '')],
      ...[hold, restored, go, end, made, go, end],
    ],
    { cells: true, compiles: true },
  ),
  'restored-in-a-closed-folder': toInput(
    [toTold('D', 0o500, 'a', ''), toTold('F', 0o644, 'a/b', 'x'), restored, go],
    { cells: true, compiles: true },
  ),
  'restored-of-no-kind': toInput([toTold('L', 0o777, 'a', 'b'), restored, go], { compiles: true }),
  'restored-outside': toInput([toTold('F', 0o644, '../a', ''), restored, go], { compiles: true }),
  'restored-with-no-compiler': toInput([restored, go]),
  'file-for-folder': toInput([source, toFrame('F', toFile('main.py/a')), go]),
};
