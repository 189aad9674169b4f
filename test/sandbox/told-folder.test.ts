// What a compile step leaves in its folder is told, and another supervisor begins with it: the same, or not at all.
import { afterAll, describe, expect, type TestContext, test, vi } from 'vitest';
import {
  docker,
  type Ending,
  type Frame,
  type Job,
  runJob,
  runLabel,
  startSupervised,
  toEnding,
  toFile,
  toFrame,
  toTold,
} from './supervised-container.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000, maxConcurrency: 4 });

afterAll(async () => {
  const left = await docker.listContainers({ all: true, filters: { label: [runLabel] } });
  expect(left, 'containers left by this file').toEqual([]);
});

const sh = (script: string) => ['sh', '-c', script];
const perl = (script: string) => ['perl', '-e', script];

type Told = {
  parts: { kind: string; mode: number; changed: bigint; path: string; content: Buffer }[];
  end: string;
};

/** What was told of a folder: each file as long as its head said, or this throws. */
function toldOf(frames: Frame[]): Told {
  const told: Told = { parts: [], end: '' };
  const sizes: number[] = [];
  for (const { kind, payload } of frames) {
    if (kind === 'T') {
      sizes.push(payload.readUInt32BE(11));
      told.parts.push({
        ...{ kind: payload.toString('latin1', 0, 1), mode: payload.readUInt16BE(1) },
        ...{
          changed: payload.readBigUInt64BE(3),
          path: payload.toString('latin1', 15),
          content: Buffer.alloc(0),
        },
      });
    }
    const last = told.parts.at(-1);
    if (kind === 'C' && last) last.content = Buffer.concat([last.content, payload]);
    if (kind === 'Z') told.end += payload;
  }
  if (told.end === 'A' && told.parts.some(({ content }, at) => content.length !== sizes[at]))
    throw new Error('a file of another size');
  return told;
}

const restore = ({ parts }: Told): Buffer =>
  Buffer.concat(
    parts.map(({ kind, mode, path, content, changed }) =>
      toTold(kind, mode, Buffer.from(path, 'latin1'), content, changed),
    ),
  );

/** Compiles, and answers with what was told as well. */
async function compile(
  context: TestContext,
  command: string[],
  job: Job = {},
): Promise<Ending & { told: Told }> {
  const ending = await runJob(context, { compile: command, tell: true, ...job });
  return { ...ending, told: toldOf(ending.frames) };
}

const LOOK = sh(
  'find . -printf "%P %M %s %n %T@\\n" | sort; cat main* a/*/* 2>/dev/null; cat; echo "$0"; exit 4',
);

describe.concurrent.each([
  ['with cells', true],
  ['without', false],
])('a folder that is told, %s,', (_, cells) => {
  test('comes out the same, and no compiler runs', async (context) => {
    const make = `
      cp main.sh main; chmod 0755 main; mkdir -p a/b/c empty closed; echo deep > a/b/file; : > nothing; echo in > closed/in
      printf 'odd' > "$(printf 'n\\303\\251 \\377\\n')"; chmod 0500 closed; chmod 0400 nothing; touch -d '2001-02-03 04:05:06.789Z' main
      touch -d '1999-01-01Z' a/b; head -c 100000 /dev/urandom > large; echo warning >&2`;
    const options = { cells, run: LOOK, files: { 'main.sh': 'source' }, stdin: 'input\n', args: ['one'] };
    const first = await compile(context, sh(make), options);
    expect([first.phases, first.told.end, first.order], first.fault).toEqual([
      'CR',
      'A',
      expect.stringContaining('PETC'),
    ]);
    expect(first.stdout.toString('latin1')).toContain('main -rwxr-xr-x 6 1 981173106.789');
    const box = await startSupervised(context, { ...options, compile: ['false'] });
    const over = box.frame('R');
    box.sendRaw(restore(first.told));
    box.send('N');
    box.send('A', 'one');
    box.send('G');
    box.send('I', 'input\n');
    box.send('X');
    await Promise.race([over, box.ended]);
    const second = toEnding(0, box.frames, '');
    expect([second.phases, second.result?.exit_code, second.result?.compile_wall_us]).toEqual(['R', 4, null]);
    // All but the time of the job's folder itself.
    const without = (text: string) => text.replace(/^ drwx.*\n/m, '');
    expect(without(second.stdout.toString('latin1'))).toBe(without(first.stdout.toString('latin1')));
    expect(second.stdout.toString()).toContain('input\none\n');
  });

  test.for<[string, string[]]>([
    ['a symbolic link', sh('ln -s /etc/passwd link')],
    ['a symbolic link to a folder', sh('ln -s /etc link')],
    ['a link that leads nowhere', sh('ln -s nowhere link')],
    ['two names of one file', sh('echo x > a; ln a b')],
    ['a pipe', sh('mkfifo pipe')],
    ['a pipe that is called like the program', sh('rm -f main; mkfifo main')],
    ['a socket', perl('use Socket; socket S, PF_UNIX, SOCK_STREAM, 0; bind S, pack_sockaddr_un("s") or die')],
    ['an unreadable file', sh('echo secret > a; chmod 000 a')],
    ['a folder that nobody may enter', sh('mkdir a; touch a/b; chmod 0400 a')],
    ['a folder that nobody may read', sh('mkdir a; touch a/b; chmod 0300 a')],
    ['a folder of its own that nobody may read', sh('chmod 0300 .')],
    ['a folder of its own that nobody may write to', sh('chmod 0500 .')],
    ['a set-user-id file', sh('echo x > a; chmod 4755 a')],
    ['a sticky folder', sh('mkdir a; chmod 1777 a')],
    ['a file of the year 2400', sh('touch -d "2400-01-01Z" a')],
    ['a file of before 1970', sh('touch -d "1960-01-01Z" a')],
    ['a huge sparse file', sh('truncate -s 20G a || truncate -s 60M a')],
    ['a file of 8 MiB and a byte', sh('head -c 8388609 /dev/zero > a')],
    ['8 MiB and a byte in two files', sh('head -c 4194304 /dev/zero > a; head -c 4194305 /dev/zero > b')],
    ['257 files', sh('i=0; while [ $i -lt 257 ]; do : > f$i; i=$((i+1)); done')],
    ['17 folders in each other', sh('i=0; while [ $i -lt 17 ]; do mkdir d; cd d; i=$((i+1)); done')],
    ['a path of 256 bytes', perl('my $n = "n" x 127; mkdir $n; open my $f, ">", "$n/" . "m" x 128 or die')],
  ])('is not told when there is %s, and its job goes on as ever', async ([, command], context) => {
    const { told, phases, result, fault, stdout } = await compile(context, command, {
      ...{ cells, run: sh('echo ran; exit 3') },
    });
    expect([told.end, phases, result?.exit_code, fault, stdout.toString()]).toEqual([
      'N',
      'CR',
      3,
      undefined,
      'ran\n',
    ]);
  });

  test('may have as much as is allowed, and not a byte of it is lost', async (context) => {
    const make = `
      i=0; while [ $i -lt 239 ]; do : > f$i; i=$((i+1)); done
      head -c 8388600 /dev/urandom > large; md5sum < large > sum; rm sum; d=; i=0
      while [ $i -lt 15 ]; do d=$d/d; mkdir ./$d; i=$((i+1)); done; echo 1234567 > ./$d/e`;
    const { told, stdout, phases, fault } = await compile(context, sh(make), {
      ...{ cells, run: sh('cat large'), outputBytes: 10_000_000, memoryBytes: 128 * 2 ** 20 },
    });
    expect([phases, told.end, told.parts.length], fault).toEqual(['CR', 'A', 256]);
    const large = told.parts.find(({ path }) => path === 'large');
    expect(large?.content.equals(stdout)).toBe(true);
    expect(told.parts.reduce((sum, { content }) => sum + content.length, 0)).toBe(8 * 2 ** 20);
  });

  test('is told only of a compile step that succeeds, when nothing of it lives, and before the program', async (context) => {
    const failed = await compile(context, sh('echo x > a; exit 1'), { cells });
    expect([failed.phases, failed.told]).toEqual(['C', { parts: [], end: '' }]);
    const script = `
      if (fork == 0) { close STDOUT; close STDERR; open my $f, ">", "a"; $| = 1; select $f; $| = 1; print "x" while 1 }
      select undef, undef, undef, 0.2`;
    const busy = await compile(context, perl(script), { cells, run: sh('wc -c < a; echo dirt > dirt') });
    expect([busy.phases, busy.told.end, busy.fault]).toEqual(['CR', 'A', undefined]);
    expect(busy.told.parts.map(({ path }) => path)).toEqual(['a']);
    expect(busy.stdout.toString()).toBe(`${busy.told.parts[0]?.content.length}\n`);
  });

  test('takes no time of the program’s', async (context) => {
    const { result, told } = await compile(context, sh('head -c 8000000 /dev/zero > a'), {
      ...{ cells, run: sh('exit 0'), memoryBytes: 128 * 2 ** 20, limits: ['time_limit_ms=2000'] },
    });
    expect([told.end, result?.exit_code, result?.timed_out]).toEqual(['A', 0, false]);
  });

  test('and files that are wanted get on', async (context) => {
    const { told, wanted } = await compile(context, sh('echo made > made'), {
      ...{ cells, run: sh('echo left > left'), wanted: ['made', 'left'] },
    });
    expect([told.end, wanted]).toEqual([
      'A',
      [
        ['F', 'made\n'],
        ['F', 'left\n'],
      ],
    ]);
  });

  test.for<[string, Buffer, string]>([
    ['out of the folder', toTold('F', 0o644, '../a'), 'path with an empty part, . or ..'],
    ['by a whole path', toTold('F', 0o644, '/etc/a'), 'path with an empty part, . or ..'],
    ['with a NUL', toTold('F', 0o644, 'a\0b'), 'path empty or with a NUL'],
    ['without a path', toTold('F', 0o644, ''), 'path empty or with a NUL'],
    ['as a link', toTold('L', 0o777, 'a', '/etc'), 'nothing that was told'],
    ['as a folder with a content', toTold('D', 0o755, 'a', 'x'), 'nothing that was told'],
    ['as a folder that nobody may enter', toTold('D', 0o600, 'a'), 'nothing that was told'],
    ['with another user’s rights', toTold('F', 0o4755, 'a'), 'nothing that was told'],
    ['at no time', toTold('F', 0o644, 'a', '', 2n ** 63n), 'nothing that was told'],
    ['cut off', toFrame('P', 'F123456'), 'P frame without a path'],
    ['with a path that is cut off', toFrame('P', Buffer.from('F1234567890\0\x09abc')), 'path of 9 bytes'],
    ['twice', Buffer.concat([toTold('F', 0o644, 'a'), toTold('F', 0o644, 'a')]), 'two files for one path: a'],
    [
      'as a file and a folder',
      Buffer.concat([toTold('F', 0o644, 'a'), toTold('D', 0o755, 'a')]),
      'two files for one path: a',
    ],
  ])('is refused %s', async ([, bytes, text], context) => {
    const box = await startSupervised(context, { cells, compile: ['true'] });
    box.sendRaw(bytes);
    expect(await box.ended).toMatchObject({ exitCode: 65, fault: `malformed: ${text}` });
  });
});

describe.concurrent('a program that was compiled elsewhere', () => {
  test('is held for its further runs, each of which begins with the same', async (context) => {
    const box = await startSupervised(context, { cells: true, compile: ['false'], run: ['sh', './main'] });
    const run = async (send: () => void) => {
      const [before, ready] = [box.frames.length, box.frame('N')];
      send();
      box.send('G');
      box.send('X');
      await Promise.race([ready, box.ended]);
      return toEnding(0, box.frames.slice(before), '');
    };
    const program = 'echo "$1"; ls; stat -c "%A %Y" main; echo dirt > dirt; rm main';
    const told = toTold('F', 0o755, 'main', program);
    const found = 'main\n-rwxr-xr-x 1\n';
    for (const _ of [1, 2]) {
      const first = await run(() => {
        box.send('H');
        box.sendRaw(told);
        box.send('N');
        box.send('A', 'one');
      });
      expect([first.phases, first.stdout.toString()], first.fault).toEqual(['R', `one\n${found}`]);
      for (const word of ['two', 'three']) {
        const next = await run(() => {
          box.send('M');
          box.send('A', word);
        });
        expect([next.phases, next.stdout.toString()], next.fault).toEqual(['R', `${word}\n${found}`]);
      }
    }
    const alone = await run(() => {
      box.sendRaw(told);
      box.send('N');
    });
    expect([alone.phases, alone.stdout.toString()]).toEqual(['R', `\n${found}`]);
    box.send('M');
    expect(await box.ended).toMatchObject({ exitCode: 65, fault: 'malformed: nothing is held' });
  });

  test('takes the place of what has waited for it, in the cell where its files are', async (context) => {
    const ready = ['sh', '-c', 'read -r go <&9; exec 9<&-; WAITED=yes exec sh main'];
    const box = await startSupervised(context, {
      cells: true,
      compile: ['false'],
      ready,
      run: ['sh', 'main'],
    });
    for (const [hold, stdout] of [
      [false, 'yes'],
      [true, ''],
    ] as const) {
      const [before, over] = [box.frames.length, box.frame('N')];
      if (hold) box.send('H');
      box.sendRaw(toTold('F', 0o644, 'main', 'echo "$WAITED"'));
      box.send('N');
      box.send('G');
      box.send('X');
      await Promise.race([over, box.ended]);
      const ending = toEnding(0, box.frames.slice(before), '');
      expect([ending.phases, ending.stdout.toString()], ending.fault).toEqual(['R', `${stdout}\n`]);
    }
  });

  test('that is held and told is both', async (context) => {
    const { told, phases, stdout } = await compile(context, sh('cp main.sh main; echo tmp > /tmp/note'), {
      ...{ cells: true, files: { 'main.sh': 'ls . /tmp' }, run: ['sh', 'main'], hold: true },
    });
    expect([phases, told.end, told.parts.map(({ path }) => path).sort()]).toEqual([
      'CR',
      'A',
      ['main', 'main.sh'],
    ]);
    expect(stdout.toString()).toBe('.:\nmain\nmain.sh\n\n/tmp:\n');
  });

  test.for([
    ['T', 'malformed: nothing is made'],
    ['N', 'malformed: nothing to leave out'],
  ])('is nothing where nothing is compiled: %s', async ([kind, fault], context) => {
    const box = await startSupervised(context, { cells: true });
    box.send('F', toFile('main', ''));
    box.send(kind as string);
    expect(await box.ended).toMatchObject({ exitCode: 65, fault });
  });
});
