// Streams that no supervisor sends, for fast-check: valid ones, then flipped, cut, stretched, reordered and lied in.
import fc from 'fast-check';
import { frame, RESULT } from './supervisor-stream.js';

const VALUES = [
  ...[
    'null',
    'true',
    '""',
    '"run"',
    '"__proto__"',
    '[]',
    '{}',
    '[[[[]]]]',
    '-1',
    '-0',
    '0',
    '0.5',
    '256',
    '65',
  ],
  ...['1e400', '-1e400', '1e-400', '9007199254740991', '9007199254740993', `${'9'.repeat(300)}`, '01', 'NaN'],
];

const KEYS = [...Object.keys(RESULT), '__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'length'];

/** The text of a result: fields with hostile values, foreign fields, one field twice, or no object at all. */
const resultText = fc.oneof(
  fc.constant(JSON.stringify(RESULT)),
  fc
    .array(fc.tuple(fc.constantFrom(...KEYS), fc.constantFrom(...VALUES)), { minLength: 1, maxLength: 4 })
    .map((fields) => {
      const valid = Object.entries(RESULT).map(([key, value]) => [key, JSON.stringify(value)]);
      const all = [...valid, ...fields].map(([key, value]) => `${JSON.stringify(key)}:${value}`);
      return `{${all.join(',')}}`;
    }),
  fc.integer({ min: 1, max: 1024 }).map((depth) => '['.repeat(depth)),
  fc.constantFrom(...VALUES),
  fc.string({ maxLength: 60 }),
);

const output = fc.tuple(fc.constantFrom('O', 'E'), fc.uint8Array({ minLength: 1, maxLength: 80 }));

/** The head of a wanted file, which tells what became of it and its size, and the file. */
export const artifactHead = (letter: string, bytes: number) => {
  const head = Buffer.alloc(5);
  head.write(letter, 0, 'latin1');
  head.writeUInt32BE(bytes, 1);
  return frame('W', head);
};

const artifact = fc.oneof(
  fc.constantFrom('M', 'N', 'U', 'L').map((letter) => [artifactHead(letter, 0)]),
  fc
    .array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 3 })
    .map((pieces) => [
      artifactHead('F', Buffer.concat(pieces).length),
      ...pieces.map((piece) => frame('D', piece)),
    ]),
);

/** The head of a part of a folder, and its end. */
export const madeHead = (letter: string, bytes: number, { mode = 0o644, path = 'main' } = {}) => {
  const head = Buffer.alloc(15);
  head.write(letter, 0, 'latin1');
  head.writeUInt16BE(mode, 1);
  head.writeUInt32BE(bytes, 11);
  return frame('T', Buffer.concat([head, Buffer.from(path)]));
};

const madeEntry = fc.oneof(
  fc.constant([madeHead('D', 0)]),
  fc
    .array(fc.uint8Array({ minLength: 1, maxLength: 40 }), { maxLength: 3 })
    .map((pieces) => [
      madeHead('F', Buffer.concat(pieces).length),
      ...pieces.map((piece) => frame('C', piece)),
    ]),
);

const made = fc
  .tuple(fc.array(madeEntry, { maxLength: 3 }), fc.constantFrom('A', 'A', 'A', 'N'))
  .map(([entries, end]) => [...entries.flat(), frame('Z', end)]);

const twoArtifacts = fc.tuple(artifact, artifact);

/** Frames that each may stand in a stream, in an order that mostly makes sense. */
const validFrames = fc
  .tuple(
    fc.boolean(),
    fc.array(output, { maxLength: 6 }),
    fc.array(output, { maxLength: 6 }),
    twoArtifacts,
    resultText,
    made,
  )
  .map(([compiles, first, second, artifacts, result, made]) => [
    ...(compiles ? [frame('P', 'C'), ...first.map(([kind, data]) => frame(kind, data)), ...made] : []),
    frame('P', 'R'),
    ...second.map(([kind, data]) => frame(kind, data)),
    ...artifacts.flat(),
    frame('R', result),
  ]);

/** Frames out of their place, of any kind, size and claim. */
const strangeFrame = fc.oneof(
  fc
    .tuple(fc.constantFrom(...'POERW!DTCZFG\0\xff'), fc.uint8Array({ maxLength: 40 }))
    .map(([kind, data]) => frame(kind, data)),
  fc
    .tuple(
      fc.constantFrom(...'POERW!DTCZ'),
      fc.constantFrom(0, 1, 2, 512, 513, 1024, 1025, 32_768, 32_769, 2 ** 31, 2 ** 32 - 1),
    )
    .map(([kind, length]) => frame(kind, 'some', length)),
  fc.constantFrom(1, 32_768, 32_769).map((bytes) => frame('O', Buffer.alloc(bytes, 'x'))),
  fc.constantFrom(0, 512, 513).map((bytes) => frame('!', Buffer.alloc(bytes, 0xf0))),
  fc
    .tuple(fc.constantFrom('F', 'M', 'L', 'Z', '\0'), fc.constantFrom(0, 1, 262_144, 262_145, 2 ** 32 - 1))
    .map(([letter, bytes]) => artifactHead(letter, bytes)),
  fc
    .tuple(
      fc.constantFrom('F', 'D', 'L', '\0'),
      fc.constantFrom(0, 1, 2 ** 23, 2 ** 23 + 1, 2 ** 32 - 1),
      fc.constantFrom(0, 0o777, 0o1000, 0xffff),
    )
    .map(([letter, bytes, mode]) => madeHead(letter, bytes, { mode })),
);

type Change = { at: number; how: 'flip' | 'insert' | 'delete' | 'repeat' | 'truncate'; bytes: Uint8Array };

const change: fc.Arbitrary<Change> = fc.record({
  at: fc.nat({ max: 10_000 }),
  how: fc.constantFrom('flip', 'insert', 'delete', 'repeat', 'truncate'),
  bytes: fc.uint8Array({ minLength: 1, maxLength: 8 }),
});

function apply(stream: Buffer, { at, how, bytes }: Change): Buffer {
  const offset = at % (stream.length + 1);
  const [before, after] = [stream.subarray(0, offset), stream.subarray(offset)];
  if (how === 'truncate') return before;
  if (how === 'insert') return Buffer.concat([before, bytes, after]);
  if (how === 'delete') return Buffer.concat([before, after.subarray(bytes.length)]);
  if (how === 'repeat') return Buffer.concat([stream, after]);
  const flipped = Buffer.from(stream);
  if (offset < stream.length)
    flipped[offset] = (flipped[offset] as number) ^ (1 << ((bytes[0] as number) % 8));
  return flipped;
}

/** Streams that stay as a supervisor sends them are tried often enough, too. */
const orNone = <T>(some: fc.Arbitrary<T[]>) => fc.oneof(fc.constant<T[]>([]), some);

/** A supervisor's stream, or what was made of it. */
export const hostileStream: fc.Arbitrary<Buffer> = fc
  .record({
    frames: validFrames,
    strange: orNone(fc.array(fc.tuple(fc.nat({ max: 20 }), strangeFrame), { maxLength: 3 })),
    swapped: fc.option(fc.tuple(fc.nat({ max: 20 }), fc.nat({ max: 20 }))),
    changes: orNone(fc.array(change, { maxLength: 4 })),
  })
  .map(({ frames, strange, swapped, changes }) => {
    const all = [...frames];
    for (const [at, one] of strange) all.splice(at % (all.length + 1), 0, one);
    const [a, b] = (swapped ?? [0, 0]).map((at) => at % all.length) as [number, number];
    [all[a], all[b]] = [all[b] as Buffer, all[a] as Buffer];
    return changes.reduce(apply, Buffer.concat(all));
  });

/** Where a stream is cut. */
export const cuts = fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 5 });
