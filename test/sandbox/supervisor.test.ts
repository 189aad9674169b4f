import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, type TestContext, test, vi } from 'vitest';
import {
  type ContainerOptions,
  docker,
  type Job,
  runJob,
  runLabel,
  startSupervised,
  toFile,
  toFrame,
} from './supervised-container.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000, maxConcurrency: 4 });

const MB = 2 ** 20;
const sh = (script: string) => ['sh', '-c', script];
const perl = (script: string) => ['perl', '-e', script];
const ran = { phase: 'run', timed_out: false, output_limit: false, killed: false, compile_wall_us: null };

afterAll(async () => {
  const left = await docker.listContainers({ all: true, filters: { label: [runLabel] } });
  expect(left, 'containers left by this file').toEqual([]);
});

describe.concurrent('a program that ends by itself', () => {
  test('runs, and the result tells what it took', async (context) => {
    const end = await runJob(context, { run: sh('echo hello; echo oops >&2') });
    expect(end).toMatchObject({ exitCode: 0, phases: 'R', fault: undefined, complaint: '' });
    expect(end.order).toMatch(/^P(OE|EO)R$/);
    expect(end.stdout.toString()).toBe('hello\n');
    expect(end.stderr.toString()).toBe('oops\n');
    expect(end.result).toMatchObject({ ...ran, exit_code: 0, signal: null, oom_kills: 0 });
    expect(end.result).toMatchObject({ stdout_bytes: 6, stderr_bytes: 5 });
    expect(end.result!.wall_us).toBeGreaterThan(100);
    expect(end.result!.wall_us).toBeLessThan(5_000_000);
    expect(end.result!.cpu_us).toBeGreaterThan(100);
    expect(end.result!.cpu_us).toBeLessThan(2_000_000);
    expect(end.result!.memory_bytes).toBeGreaterThan(100_000);
    expect(end.result!.memory_bytes).toBeLessThan(64 * MB);
  });

  test.for([0, 1, 3, 137, 255])('exits with %i and nothing else is told', async (code, context) => {
    const { result } = await runJob(context, { run: sh(`exit ${code}`) });
    expect(result).toMatchObject({ ...ran, exit_code: code, signal: null });
  });

  test.for([
    ['SEGV', 11],
    ['KILL', 9],
    ['TERM', 15],
    ['ABRT', 6],
    ['PIPE', 13],
  ])('ends by its own SIG%s', async ([name, signal], context) => {
    const { result } = await runJob(context, { run: sh(`kill -${name} $$; sleep 5`) });
    expect(result).toMatchObject({ ...ran, exit_code: null, signal });
  });

  test('counts CPU time of the whole family, not wall time', async (context) => {
    const burn = 'while ((times)[0] < 0.4) { 1 for 1..10000 }';
    const { result } = await runJob(context, {
      run: sh(`perl -e '${burn}' & perl -e '${burn}'; wait; sleep 0.5`),
    });
    expect(result!.cpu_us).toBeGreaterThan(700_000);
    expect(result!.cpu_us).toBeLessThan(1_500_000);
    expect(result!.wall_us).toBeGreaterThan(890_000);
  });

  test('peak memory is about what the program took', async (context) => {
    const { result } = await runJob(context, {
      run: perl('my $x = "a" x (24 << 20); substr($x, 5, 1) = "b"'),
    });
    expect(result!.memory_bytes).toBeGreaterThan(24 * MB);
    expect(result!.memory_bytes).toBeLessThan(60 * MB);
  });

  test('Perl says hello in 20 MB', async (context) => {
    const end = await runJob(context, {
      run: perl('print "hello\n"'),
      memoryBytes: 20 * MB,
      tmpBytes: 4 * MB,
    });
    expect(end.stdout.toString()).toBe('hello\n');
    expect(end.result).toMatchObject({ exit_code: 0, oom_kills: 0 });
  });

  test('starts with default signals, its own session and no descriptor but three', async (context) => {
    const script = `grep -E '^Sig(Blk|Ign)' /proc/self/status; ls /proc/self/fd | tr '\\n' ' '; ps=$(cut -d' ' -f5,6 /proc/$$/stat); echo $$ $ps`;
    const { stdout } = await runJob(context, { run: sh(script) });
    expect(stdout.toString()).toMatch(/^SigBlk:\t0+\nSigIgn:\t0+\n0 1 2 3 (\d+) \1 \1\n$/);
  });
});

describe.concurrent('files, arguments, environment', () => {
  test('files arrive whole, with their folders', async (context) => {
    const large = Buffer.alloc(9 * MB, 'braindrill');
    const end = await runJob(context, {
      files: {
        'main.sh': 'cat src/deep/er/a.txt; wc -c < large; pwd',
        'src/deep/er/a.txt': 'deep\n',
        large,
        empty: '',
      },
      run: ['sh', 'main.sh'],
    });
    expect(end.stdout.toString()).toBe(`deep\n${9 * MB}\n/job\n`);
  });

  test('arguments are appended one by one, unchanged', async (context) => {
    const args = ['', 'a b', '--run', '$HOME', 'ü\n', 'x'.repeat(65_536)];
    const { stdout } = await runJob(context, {
      run: perl('print scalar(@ARGV), "|", join("|", @ARGV)'),
      args,
    });
    expect(stdout.toString()).toBe(`6|${args.join('|')}`);
  });

  test('another file to begin with takes the place of the words that are the language’s, and of no argument', async (context) => {
    const { stdout } = await runJob(context, {
      ...{ file: 'main.sh', entry: 'src/-e.sh', args: ['main.sh', 'xmain.sh'] },
      compile: sh('echo "compiles $0 $1"').concat('main.sh', './main.sh'),
      run: ['sh', 'main.sh', 'main.sh', './main.sh'],
      files: { 'src/-e.sh': 'echo "$0 $*"', 'main.sh': 'echo the other' },
    });
    expect(stdout.toString()).toBe(
      'compiles src/-e.sh ./main.sh\nsrc/-e.sh src/-e.sh ./main.sh main.sh xmain.sh\n',
    );
  });

  test('words for the compiler go to their place in its command, or to its end', async (context) => {
    const flags = ['-DX=3', 'two words', 'main.c', ''];
    const compile = sh('printf "[%s]" "$@"').concat('cc', 'main.c', '-o', 'main');
    const job = { file: 'main.c', entry: 'a.c', flags, compile };
    expect((await runJob(context, job)).stdout.toString()).toBe(
      '[a.c][-o][main][-DX=3][two words][main.c][]',
    );
    expect((await runJob(context, { ...job, flagsAt: 5 })).stdout.toString()).toBe(
      '[a.c][-DX=3][two words][main.c][][-o][main]',
    );
    const most = await runJob(context, { ...job, flags: Array.from({ length: 32 }, () => 'x') });
    expect(most.stdout.toString()).toBe(`[a.c][-o][main]${'[x]'.repeat(32)}`);
  });

  test.for<[string, string, number, RegExp]>([
    ['is not made', 'true', 127, /^cannot run \.\/main: No such file or directory\n$/],
    ['may not be run', 'echo x >main', 126, /^cannot run \.\/main: Permission denied\n$/],
    ['is a folder', 'mkdir main', 126, /^cannot run \.\/main: Permission denied\n$/],
    ['is no program', 'printf "\\177ELF" >main; chmod +x main', 127, /main: /],
  ])('a program that %s fails by itself, as a shell tells it', async ([, script, code, text], context) => {
    const end = await runJob(context, { compile: sh(script), run: ['./main'] });
    expect(end).toMatchObject({ exitCode: 0, phases: 'CR', fault: undefined });
    expect(end.result).toMatchObject({ phase: 'run', exit_code: code });
    expect(end.stderr.toString()).toMatch(text);
  });

  test('of two variables with one name the later wins, and the rest of the environment is the container’s', async (context) => {
    const env = ['A=1', 'LANG=C', 'A=2=3', 'EMPTY=', 'HOMER=x'];
    const { stdout } = await runJob(context, { run: ['env'], env });
    const lines = stdout.toString().trim().split('\n').sort();
    expect(lines.filter((line) => !/^(HOSTNAME|PWD)=/.test(line))).toEqual([
      'A=2=3',
      'EMPTY=',
      'HOME=/job',
      'HOMER=x',
      'LANG=C',
      'PATH=/usr/local/bin:/usr/bin:/bin',
      'TMPDIR=/tmp',
    ]);
  });

  test('a command that is not there is the platform’s fault', async (context) => {
    const end = await runJob(context, { run: ['no-such-command'] });
    expect(end).toMatchObject({ exitCode: 70, order: '!', result: undefined });
    expect(end.fault).toMatch(/cannot run no-such-command: No such file/);
  });

  test('a full disk is the platform’s fault', async (context) => {
    const files = { a: Buffer.alloc(12 * MB), b: Buffer.alloc(12 * MB), c: Buffer.alloc(12 * MB) };
    const end = await runJob(context, { files });
    expect(end).toMatchObject({ exitCode: 70, order: '!' });
    expect(end.fault).toMatch(/cannot write file: No space left/);
  });
});

const ROUNDS = Number(process.env.ROUNDS ?? 2);
const FOUND = ['F', 'content'] as [string, string];

describe.concurrent.each([
  ['in a cell', true],
  ['in the container', false],
])('files that are wanted, %s,', (_, cells) => {
  const make = (context: TestContext, script: string, wanted: string[], job: Job = {}) =>
    runJob(context, { run: sh(script), wanted, cells, ...job });

  test('come in the order in which they were asked for, before the result', async (context) => {
    const end = await make(
      context,
      'mkdir -p a/b; printf content >a/b/c; printf content >"x y"; : >empty; echo printed; exit 3',
      ['x y', 'none', 'a/b/c', 'empty', 'a/none', 'main.c', 'x y'],
      { files: { 'main.c': 'source' } },
    );
    expect(end.wanted).toEqual([FOUND, ['M'], FOUND, ['F', ''], ['M'], ['F', 'source'], FOUND]);
    expect(end.order).toMatch(/^PO(WD?)+RN?$/);
    expect(end.result).toMatchObject({ ...ran, exit_code: 3 });
  });

  test('are read of a program that is killed, and of a compile step that fails', async (context) => {
    const slow = await make(context, 'printf content >a; sleep 60', ['a'], { limits: ['time_limit_ms=300'] });
    expect([slow.result?.timed_out, slow.wanted]).toEqual([true, [FOUND]]);
    const broken = await make(context, 'true', ['a'], { compile: sh('printf content >a; exit 1') });
    expect([broken.result?.phase, broken.wanted]).toEqual(['compile', [FOUND]]);
  });

  test('that are not regular files are not read, and none is waited for', async (context) => {
    const script = `
      ln -s /etc/passwd link; ln -s main.c near; mkdir folder deep; ln -s deep linked; printf content >deep/file
      ln -s /etc out; mkfifo fifo; perl -MSocket -e 'socket S, PF_UNIX, SOCK_STREAM, 0; bind S, pack_sockaddr_un("socket")'
      mknod device c 1 3 2>/dev/null; ln -s loop loop; ln -s /proc/self/root/etc/passwd magic; printf x >file
      ln deep/file hard`;
    const wanted = [
      'link',
      'near',
      'folder',
      'linked/file',
      'out/passwd',
      'fifo',
      'socket',
      'loop',
      'magic',
      'file/x',
      'device',
    ];
    const { wanted: got } = await make(context, script, [...wanted, 'hard', 'deep/file']);
    expect(Object.fromEntries(wanted.map((path, at) => [path, got[at]?.[0]]))).toEqual({
      ...Object.fromEntries(wanted.map((path) => [path, 'N'])),
      device: 'M',
    });
    expect(got.slice(wanted.length)).toEqual([FOUND, FOUND]);
  });

  test('that may not be read are not', async (context) => {
    const script = `
      printf content >a; chmod 000 a; mkdir closed; printf content >closed/b; chmod 000 closed
      printf content >leased; perl -e 'use Fcntl; open F, "<", "leased"; fcntl F, 1024, 0 or die; sleep 60' & sleep 0.5`;
    const { wanted } = await make(context, script, ['a', 'closed/b', 'leased']);
    expect(wanted).toEqual([['U'], ['U'], FOUND]);
    const all = await make(context, 'printf content >a; chmod 000 .', ['a']);
    expect(all.wanted).toEqual([['U']]);
  });

  test('are not sent when they are too large, each or together', async (context) => {
    const script = `
      use Fcntl; sub make { open my $f, '>', $_[0]; print $f 'x' x $_[1] } make('most', 262144); make('more', 262145);
      make('$_', 131072) for 1 .. 3; make('small', 7); open my $f, '>', 'sparse'; truncate $f, 30 << 20; truncate $f, 1 << 62`;
    const wanted = ['more', 'sparse', 'most', 'most', 'small', 'most'];
    const end = await make(context, '', wanted, { run: perl(script) });
    expect(end.wanted.map(([what, content]) => [what, content?.length])).toEqual([
      ...[
        ['L', undefined],
        ['L', undefined],
        ['F', 262_144],
        ['F', 262_144],
        ['L', undefined],
        ['L', undefined],
      ],
    ]);
  });

  test('are read where a program that needs next to nothing for itself has filled all memory with files', async (context) => {
    for (let round = 0; round < ROUNDS; round++) {
      const end = await make(context, '', ['left'], {
        ...{ run: ['/attacks', 'fill-memory'], memoryBytes: 12 * MB, tmpBytes: 32 * MB },
      });
      expect(end).toMatchObject({ exitCode: 0, fault: undefined });
      expect(end.result).toMatchObject({ signal: 9, oom_kills: 1 });
      expect(end.wanted.map(([what, content]) => [what, content?.length])).toEqual([['F', 262_144]]);
    }
  });

  test('are read when the program has filled its memory with files', async (context) => {
    const script = `printf content >a; dd if=/dev/zero of=/tmp/full bs=64k 2>/dev/null; dd if=/dev/zero of=full bs=64k 2>/dev/null; exit 0`;
    const end = await make(context, script, ['a', 'full'], { memoryBytes: 16 * MB, tmpBytes: 16 * MB });
    expect(end.wanted[0]).toEqual(FOUND);
    expect(end).toMatchObject({ exitCode: 0, fault: undefined });
  });

  test('may be as many as sixteen, and one with the longest path', async (context) => {
    const deep = `${'d/'.repeat(120)}${'n'.repeat(15)}`;
    const script = `mkdir -p ${'d/'.repeat(120)}; printf content >${deep}`;
    const { wanted } = await make(
      context,
      script,
      Array.from({ length: 16 }, () => deep),
    );
    expect(wanted).toEqual(Array.from({ length: 16 }, () => FOUND));
  });
});

describe.concurrent('standard input', () => {
  test('three megabytes come back as they went in', async (context) => {
    const stdin = Buffer.from(Array.from({ length: 3 * MB }, (_, i) => (i * 7919) >> 3));
    const end = await runJob(context, { run: ['cat'], stdin, outputBytes: 4 * MB });
    expect(end.stdout.equals(stdin)).toBe(true);
    expect(end.result).toMatchObject({ exit_code: 0, stdout_bytes: stdin.length });
  });

  test('a program that does not read it ends as it likes', async (context) => {
    const end = await runJob(context, {
      run: sh('exec <&-; sleep 0.3; echo done'),
      stdin: Buffer.alloc(2 * MB),
    });
    expect(end.stdout.toString()).toBe('done\n');
    expect(end.result).toMatchObject({ exit_code: 0 });
  });

  test('it stays open until its end was sent, and answers come meanwhile', async (context) => {
    const box = await startSupervised(context, { run: sh('read a; echo got $a; read b || echo ended') });
    box.send('G');
    box.send('I', 'one\n');
    const answer = await box.frame('O');
    expect(answer.payload.toString()).toBe('got one\n');
    box.send('X');
    expect((await box.ended).stdout.toString()).toBe('got one\nended\n');
  });
});

describe.concurrent('limits', () => {
  test.for<[string, string[]]>([
    ['counts for ever', sh('while :; do :; done')],
    ['sleeps', ['sleep', '60']],
    ['ignores every signal', perl('$SIG{$_} = "IGNORE" for keys %SIG; sleep 60 while 1')],
    ['stops itself', sh('kill -STOP $$; echo never')],
    ['waits for children that stopped', sh('sh -c "kill -STOP \\$\\$" & wait')],
    ['leaves orphans as fast as it can', sh('while :; do (true &); done')],
    ['is a fork bomb', sh('b() { b | b & b; }; b 2>/dev/null & exec sleep 60')],
    ['is a fork bomb without a head', perl('for (1..63) { fork } 1 while 1 + fork >= 0')],
  ])('the time limit ends a program that %s', async ([, run], context) => {
    const { exitCode, result } = await runJob(context, { run, timeLimitMs: 700, memoryBytes: 256 * MB });
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ ...ran, timed_out: true, exit_code: null, signal: 9 });
    expect(result!.wall_us).toBeGreaterThanOrEqual(700_000);
    expect(result!.wall_us).toBeLessThan(2_000_000);
  });

  test('a job may lower its limits and never raise them', async (context) => {
    const lowered = await runJob(context, { run: ['sleep', '60'], limits: ['time_limit_ms=300'] });
    expect(lowered.result).toMatchObject({ timed_out: true });
    const limits = ['time_limit_ms=60000', 'output_bytes=1000000', 'output_bytes=3', 'output_bytes=9'];
    const raised = await runJob(context, {
      run: sh('echo 123456; sleep 60'),
      limits,
      timeLimitMs: 400,
      outputBytes: 50,
    });
    expect(raised.stdout.toString()).toBe('123');
    expect(raised.result).toMatchObject({ output_limit: true, timed_out: false });
  });

  test('a daemon does not outlive the program or hold up its end', async (context) => {
    const daemon =
      'use POSIX; exit if fork; POSIX::setsid(); exit if fork; $SIG{TERM} = $SIG{HUP} = "IGNORE"; sleep 60';
    const { result } = await runJob(context, { run: sh(`perl -e '${daemon}'; echo main`) });
    expect(result).toMatchObject({ ...ran, exit_code: 0, stdout_bytes: 5 });
    expect(result!.wall_us).toBeLessThan(3_000_000);
  });

  test('a pipe that is held by a socket in flight does not hold up the end', async (context) => {
    const end = await runJob(context, { run: ['/attacks', 'hold-pipe'] });
    expect(end.stdout.toString()).toBe('held');
    expect(end.result).toMatchObject({ ...ran, exit_code: 0 });
  });

  test.for<[string, number, boolean]>([
    ['one byte less than the cap', 999, false],
    ['just the cap', 1000, false],
    ['one byte more', 1001, true],
    ['a megabyte more', MB, true],
  ])('output of %s', async ([, bytes, over], context) => {
    const { stdout, result } = await runJob(context, {
      run: perl(`print "x" x ${bytes}`),
      outputBytes: 1000,
    });
    expect(stdout.length).toBe(Math.min(bytes, 1000));
    expect(result).toMatchObject({ ...ran, output_limit: over });
    expect(result!.stdout_bytes).toBeGreaterThanOrEqual(Math.min(bytes, 1001));
    expect(result!.stdout_bytes).toBeLessThanOrEqual(bytes);
  });

  test('each stream has a cap of its own, and stderr has one too', async (context) => {
    const both = await runJob(context, {
      run: perl('print "o" x 900; print STDERR "e" x 900'),
      outputBytes: 1000,
    });
    expect(both.result).toMatchObject({ output_limit: false, stdout_bytes: 900, stderr_bytes: 900 });
    const over = await runJob(context, {
      run: perl('$|=1; print "o" x 900; print STDERR "e" x 1900; sleep 60'),
      outputBytes: 1000,
    });
    expect(over.stdout.length).toBe(900);
    expect(over.stderr.length).toBe(1000);
    expect(over.result).toMatchObject({ output_limit: true, stdout_bytes: 900, signal: 9 });
  });

  test('a flood of output is cut at its source', async (context) => {
    const { stdout, result } = await runJob(context, { run: sh('yes & yes >&2'), outputBytes: 2 * MB });
    expect(stdout.length).toBeLessThanOrEqual(2 * MB);
    expect(result).toMatchObject({ output_limit: true, timed_out: false });
    expect(result!.wall_us).toBeLessThan(5_000_000);
  });

  test('ten megabytes of output arrive byte for byte', async (context) => {
    const script = 'for my $i (1..1310720) { printf "%07d\\n", $i }';
    const { stdout, result } = await runJob(context, { run: perl(script), outputBytes: 10 * MB });
    expect(result).toMatchObject({ exit_code: 0, stdout_bytes: 10 * MB, output_limit: false });
    expect(stdout.length).toBe(10 * MB);
    expect(stdout.subarray(-8).toString()).toBe('1310720\n');
  });

  test('the time limit holds while nobody reads', async (context) => {
    const box = await startSupervised(context, { run: ['yes'], outputBytes: 2000 * MB, timeLimitMs: 1000 });
    box.send('G');
    await box.frame('P');
    box.stream.pause();
    await sleep(4000);
    box.stream.resume();
    const { result, stdout, exitCode } = await box.ended;
    expect(exitCode).toBe(0);
    expect(result).toMatchObject({ timed_out: true, output_limit: false, stdout_bytes: stdout.length });
    expect(result!.wall_us).toBeLessThan(1_500_000);
  });

  test('a memory hog is killed and counted, and the supervisor lives to tell', async (context) => {
    const { result } = await runJob(context, {
      run: perl('my @x; push @x, "a" x 1048576 while 1'),
      memoryBytes: 32 * MB,
    });
    expect(result).toMatchObject({ ...ran, exit_code: null, signal: 9 });
    expect(result!.oom_kills).toBeGreaterThan(0);
    expect(result!.memory_bytes).toBeGreaterThan(28 * MB);
    expect(result!.memory_bytes).toBeLessThanOrEqual(32 * MB);
  });

  test('a hog that lowers its OOM score is killed before the supervisor', async (context) => {
    const script =
      'echo 500 > /proc/self/oom_score_adj; exec perl -e "my @x; push @x, q(a) x 1048576 while 1"';
    const { result } = await runJob(context, { run: sh(script), memoryBytes: 32 * MB });
    expect(result).toMatchObject({ ...ran, signal: 9 });
    expect(result!.oom_kills).toBeGreaterThan(0);
  });

  test('a program that survives its child’s end by memory keeps its exit code', async (context) => {
    const script = 'perl -e "my @x; push @x, q(a) x 1048576 while 1"; echo still here';
    const { result, stdout } = await runJob(context, { run: sh(script), memoryBytes: 32 * MB });
    expect(stdout.toString()).toContain('still here');
    expect(result).toMatchObject({ ...ran, exit_code: 0 });
    expect(result!.oom_kills).toBeGreaterThan(0);
  });

  test('memory filled with files leaves the supervisor able to tell', async (context) => {
    const script = 'cat /dev/zero > /tmp/a; cat /dev/zero > /tmp/b; echo survived';
    const end = await runJob(context, { run: sh(script), memoryBytes: 24 * MB, tmpBytes: 64 * MB });
    expect(end.exitCode).toBe(0);
    expect(end.result!.oom_kills).toBeGreaterThan(0);
  });
});

describe.concurrent('attacks on the supervisor', () => {
  test.for([
    ['kill(-1) takes only its own', 'kill "KILL", -1; sleep 1; print "alive"', 'alive'],
    [
      'no signal reaches PID 1',
      'for (1..64) { kill $_, 1 unless $_ == 19 } kill 19, 1; print "alive"',
      'alive',
    ],
    ['no SIGCHLD forged in masses confuses it', 'kill "CHLD", 1 for 1..5000; print "alive"', 'alive'],
    ['its memory cannot be opened', 'print open(my $f, "<", "/proc/1/mem") ? "open" : "no"', 'no'],
    ['its environment cannot be read', 'print open(my $f, "<", "/proc/1/environ") ? "open" : "no"', 'no'],
    ['its descriptors cannot be listed', 'print opendir(my $d, "/proc/1/fd") ? "open" : "no"', 'no'],
    ['its descriptors cannot be opened', 'print open(my $f, ">", "/proc/1/fd/1") ? "open" : "no"', 'no'],
    ['its folder cannot be entered', 'print chdir("/proc/1/cwd") ? "in" : "no"', 'no'],
    ['its OOM score cannot be set', 'print open(my $f, ">", "/proc/1/oom_score_adj") ? "open" : "no"', 'no'],
    ['its limits cannot be written', 'print open(my $f, ">", "/proc/1/limits") ? "open" : "no"', 'no'],
    [
      'its timers cannot be slowed',
      'print open(my $f, ">", "/proc/1/timerslack_ns") && syswrite($f, "9000000000") ? "set" : "no"',
      'no',
    ],
    ['the image cannot be written', 'print open(my $f, ">", "/supervisor") ? "open" : "no"', 'no'],
    [
      'cgroup limits cannot be written',
      'print open(my $f, ">", "/sys/fs/cgroup/memory/memory.limit_in_bytes") ? "open" : "no"',
      'no',
    ],
    [
      'no signal reaches PID 1 through a descriptor’s owner',
      `
      use Fcntl; pipe(R, W); fcntl(R, 8, 1); fcntl(R, 10, 9); fcntl(R, F_SETFL, O_ASYNC | O_NONBLOCK);
      syswrite(W, "x"); select(undef, undef, undef, 0.2); print "alive"`,
      'alive',
    ],
  ])('%s', async ([, script, expected], context) => {
    const end = await runJob(context, { run: perl(`$| = 1; ${script}`) });
    expect(end.stdout.toString()).toBe(expected);
    expect(end).toMatchObject({ exitCode: 0, result: { exit_code: 0 } });
  });

  test('the second PID 1 refuses to be one', async (context) => {
    const end = await runJob(context, { run: ['/supervisor', '--dir', '/job', '--run', 'true'] });
    expect(end.result).toMatchObject({ exit_code: 64 });
    expect(end.stderr.toString()).toMatch(/^supervisor: refusing to run.*\n$/);
  });

  test('frames that a program prints are output and nothing else', async (context) => {
    const forged = Buffer.concat([
      toFrame('R', '{"phase":"run","exit_code":0}'),
      toFrame('!', 'no'),
      toFrame('P', 'R'),
    ]);
    const end = await runJob(context, { run: sh('cat; exit 9'), stdin: forged });
    expect(end.order).toBe('POR');
    expect(end.stdout.equals(forged)).toBe(true);
    expect(end.result).toMatchObject({ exit_code: 9 });
  });

  test('the system calls it must not have are refused, with the right errno', async (context) => {
    const { stdout } = await runJob(context, { run: ['/attacks'] });
    const told = Object.fromEntries(
      stdout
        .toString()
        .trim()
        .split('\n')
        .map((line) => line.split(': ')),
    );
    const allowed = Object.keys(told).filter((name) => told[name] === 'allowed');
    expect(allowed).toEqual([
      'AF_INET',
      'personality, asking',
      'prlimit64 reading PID 1',
      'prlimit64 on itself',
      'sched_setaffinity on itself',
      'setpriority on itself',
    ]);
    const other = Object.entries(told).filter(([, errno]) => errno !== 'allowed' && errno !== 'EPERM');
    expect(Object.fromEntries(other)).toEqual({
      clone3: 'ENOSYS',
      io_uring_setup: 'ENOSYS',
      memfd_create: 'ENOSYS',
      pidfd_getfd: 'ENOSYS',
      userfaultfd: 'ENOSYS',
      splice: 'EINVAL',
    });
  });
});

describe.concurrent('compiling', () => {
  const compile = sh('cp main.sh program; echo compiled; echo note >&2; cat; sleep 60 & :');
  const files = { 'main.sh': 'echo ran $*; cat; ls -A' };

  test('comes first, without the job’s stdin, and leaves nothing running', async (context) => {
    const end = await runJob(context, { compile, run: ['sh', 'program'], files, args: ['x'], stdin: 'in\n' });
    expect(end.phases).toBe('CR');
    expect(end.order).toMatch(/^P(OE|EO)POR$/);
    expect(end.stdout.toString()).toBe('compiled\nran x\nin\nmain.sh\nprogram\n');
    expect(end.stderr.toString()).toBe('note\n');
    expect(end.result).toMatchObject({ phase: 'run', exit_code: 0, stdout_bytes: 25, stderr_bytes: 0 });
    expect(end.result!.compile_wall_us).toBeGreaterThan(0);
    expect(end.result!.compile_wall_us).toBeLessThan(5_000_000);
  });

  const failures: [string, Job, object][] = [
    ['a failing compiler', { compile: sh('echo bad >&2; exit 2') }, { exit_code: 2, stderr_bytes: 4 }],
    ['a crashing compiler', { compile: sh('kill -SEGV $$') }, { exit_code: null, signal: 11 }],
    [
      'a slow compiler',
      { compile: ['sleep', '60'], compileTimeLimitMs: 300 },
      { timed_out: true, signal: 9 },
    ],
    [
      'a lowered compile limit',
      { compile: ['sleep', '60'], limits: ['compile_time_limit_ms=200'] },
      { timed_out: true },
    ],
    [
      'a chatty compiler',
      { compile: sh('echo 1234567'), outputBytes: 5 },
      { output_limit: true, stdout_bytes: 8 },
    ],
  ];
  test.for(failures)('%s ends the job without a run', async ([, job, expected], context) => {
    const end = await runJob(context, { ...job, run: ['echo', 'never'] });
    expect(end).toMatchObject({ exitCode: 0, phases: 'C', result: { phase: 'compile', ...expected } });
    expect(end.result!.compile_wall_us).toBe(end.result!.wall_us);
    expect(end.stdout.toString()).not.toContain('never');
  });

  test('a missing compiler is the platform’s fault', async (context) => {
    const end = await runJob(context, { compile: ['no-such-compiler'] });
    expect(end).toMatchObject({
      exitCode: 70,
      fault: 'cannot run no-such-compiler: No such file or directory',
    });
  });
});

describe.concurrent('signals, kill and the runner’s end', () => {
  test('a signal reaches the program’s group', async (context) => {
    const box = await startSupervised(context, {
      run: perl('$SIG{INT} = sub { print "caught\n"; exit 4 }; $| = 1; print "ready\n"; sleep 60'),
    });
    box.send('G');
    await box.frame('O');
    box.send('S', Buffer.from([2]));
    const end = await box.ended;
    expect(end.stdout.toString()).toBe('ready\ncaught\n');
    expect(end.result).toMatchObject({ ...ran, exit_code: 4 });
  });

  test.for<['run' | 'compile', Job]>([
    ['run', { run: ['sleep', '60'] }],
    ['compile', { compile: ['sleep', '60'], run: ['echo', 'never'] }],
  ])('kill ends the job in %s with a result', async ([phase, options], context) => {
    const box = await startSupervised(context, options);
    box.send('G');
    await box.frame('P');
    box.send('K');
    const end = await box.ended;
    expect(end.result).toMatchObject({ phase, killed: true, timed_out: false, signal: 9, exit_code: null });
    expect(end.stdout.length).toBe(0);
  });

  test('a warm container whose runner is gone ends quietly', async (context) => {
    const box = await startSupervised(context, {});
    box.send('F', toFile('main.sh', 'echo'));
    box.sendRaw(Buffer.from([0, 0]));
    box.stream.end();
    expect(await box.ended).toMatchObject({ exitCode: 0, frames: [], complaint: '' });
  });

  test.for<[string, string[], Buffer]>([
    ['sleeps', ['sleep', '60'], Buffer.alloc(0)],
    ['does not read what it was sent', ['sleep', '60'], Buffer.alloc(400 * 1024)],
  ])('a program that %s ends soon after its runner is gone', async ([, run, stdin], context) => {
    const box = await startSupervised(context, { run });
    box.send('G');
    await box.frame('P');
    for (let at = 0; at < stdin.length; at += 65_536) box.send('I', stdin.subarray(at, at + 65_536));
    const from = Date.now();
    box.stream.end();
    expect((await box.ended).exitCode).toBe(71);
    expect(Date.now() - from).toBeLessThan(3000);
  });
});

const path = (name: string | Buffer) => toFrame('F', toFile(name, 'x'));
const go = toFrame('G');
const malformed: [string, Buffer[], ContainerOptions?][] = [
  ['an unknown kind', [toFrame('Z')]],
  ['the kind 0', [toFrame('\0')]],
  ['a kind of the other direction', [toFrame('R', '{}')]],
  ['a file of 16 MiB and a byte', [Buffer.from([1, 0, 0, 1, 0x46])]],
  ['an argument over 64 KiB', [toFrame('A', 'x'.repeat(65_537))]],
  ['a length of 4 GiB', [Buffer.from([255, 255, 255, 255, 0x41])]],
  ['a second file to begin with', [toFrame('B', 'a'), toFrame('B', 'b')], { file: 'main' }],
  ['a file to begin with where none is named', [toFrame('B', 'a')]],
  ['a file to begin with outside', [toFrame('B', 'a/../../b')], { file: 'main' }],
  ['an absolute file to begin with', [toFrame('B', '/a')], { file: 'main' }],
  ['a long path to begin with', [toFrame('B', 'a'.repeat(256))], { file: 'main' }],
  ['a file to begin with that has a NUL', [toFrame('B', 'a\0b')], { file: 'main' }],
  ['an empty path to begin with', [toFrame('B', '')], { file: 'main' }],
  ['33 flags', Array.from({ length: 33 }, () => toFrame('C', 'x')), { compile: ['true'] }],
  ['a flag with a NUL', [toFrame('C', 'a\0b')], { compile: ['true'] }],
  ['a flag where nothing is compiled', [toFrame('C', 'x')]],
  ['17 wanted files', Array.from({ length: 17 }, () => toFrame('W', 'a'))],
  ['a wanted file outside', [toFrame('W', 'a/../../b')]],
  ['an absolute wanted file', [toFrame('W', '/etc/passwd')]],
  ['a wanted file without a path', [toFrame('W')]],
  ['a wanted file with a NUL', [toFrame('W', 'a\0')]],
  ['a long path of a wanted file', [toFrame('W', 'a'.repeat(256))]],
  ['an argument with a NUL', [toFrame('A', 'a\0b')]],
  ['257 arguments', Array.from({ length: 257 }, () => toFrame('A', 'x'))],
  ['more than a MiB of arguments', Array.from({ length: 17 }, () => toFrame('A', 'x'.repeat(65_000)))],
  ['a variable without a value', [toFrame('E', 'NAME')]],
  ['a variable without a name', [toFrame('E', '=value')]],
  ['an empty variable', [toFrame('E')]],
  ['a variable with a NUL', [toFrame('E', 'A=\0')]],
  ['257 variables', Array.from({ length: 257 }, (_, i) => toFrame('E', `A${i}=x`))],
  ['an unknown limit', [toFrame('L', 'memory_bytes=1')]],
  ['a limit without a number', [toFrame('L', 'time_limit_ms=')]],
  ['a negative limit', [toFrame('L', 'time_limit_ms=-1')]],
  ['a limit beyond numbers', [toFrame('L', `time_limit_ms=${'9'.repeat(40)}`)]],
  ['a file without a path', [toFrame('F')]],
  ['a path longer than its frame', [toFrame('F', Buffer.from([0, 9, 0x61]))]],
  ['a path of 256 bytes', [path('a'.repeat(256))]],
  ['an empty path', [path('')]],
  ['an absolute path', [path('/tmp/x')]],
  ['a path out of the folder', [path('../x')]],
  ['a path out of the folder further down', [path('a/../../x')]],
  ['a path with ..', [path('a/..')]],
  ['a path with .', [path('./a')]],
  ['a path with an empty part', [path('a//b')]],
  ['a path that ends in a slash', [path('a/')]],
  ['a path with a NUL', [path('a\0b')]],
  ['the same path twice', [path('a'), path('a')]],
  ['a file for a folder', [path('a'), path('a/b')]],
  ['a folder for a file', [path('a/b'), path('a')]],
  ['go with a payload', [toFrame('G', 'x')]],
  ['standard input before go', [toFrame('I', 'x')]],
  ['end of standard input before go', [toFrame('X')]],
  ['a signal before go', [toFrame('S', Buffer.from([9]))]],
  ['kill before go', [toFrame('K')]],
  ['a second go', [go, go]],
  ['a file after go', [go, path('a')]],
  ['an argument after go', [go, toFrame('A', 'x')]],
  ['a file to begin with after go', [go, toFrame('B', 'x')], { file: 'main' }],
  ['a wanted file after go', [go, toFrame('W', 'x')]],
  ['a flag after go', [go, toFrame('C', 'x')], { compile: ['sleep', '5'] }],
  ['a variable after go', [go, toFrame('E', 'A=x')]],
  ['a limit after go', [go, toFrame('L', 'time_limit_ms=1')]],
  ['standard input over 64 KiB', [go, toFrame('I', 'x'.repeat(65_537))]],
  ['standard input after its end', [go, toFrame('X'), toFrame('I', 'x')]],
  ['two ends of standard input', [go, toFrame('X'), toFrame('X')]],
  ['a signal without a number', [go, toFrame('S')]],
  ['signal 0', [go, toFrame('S', Buffer.from([0]))]],
  ['signal 65', [go, toFrame('S', Buffer.from([65]))]],
  ['signal 255', [go, toFrame('S', Buffer.from([255]))]],
];

// Both builds: the one that runs everywhere, and one with address and undefined-behaviour checks.
describe.concurrent('malformed frames', () => {
  test.for(malformed)('%s ends it at once', async ([, frames, options], context) => {
    await Promise.all(
      [false, true].map((sanitized) => expectMalformed(context, frames, { ...options, sanitized })),
    );
  });
});

test('the checked build runs a job with everything in it', async (context) => {
  const end = await runJob(context, {
    sanitized: true,
    files: { 'a/b': Buffer.alloc(MB, 'x') },
    args: ['1', '2'],
    env: ['A=1', 'PATH=/bin:/usr/bin'],
    limits: ['output_bytes=900000'],
    compile: sh('head -c 800000 a/b; sleep 60 &'),
    run: sh('cat; head -c 400000 a/b; cat a/b >&2; sleep 60'),
    stdin: Buffer.alloc(400_000, 'y'),
    outputBytes: 2 * MB,
  });
  expect(end).toMatchObject({ exitCode: 0, complaint: '', phases: 'CR' });
  expect(end.result).toMatchObject({ phase: 'run', output_limit: true, stdout_bytes: 800_000, signal: 9 });
  expect(end.stdout.length).toBe(1_600_000);
  expect(end.stderr.length).toBe(900_000);
});

async function expectMalformed(
  context: TestContext,
  frames: Buffer[],
  options: ContainerOptions,
): Promise<void> {
  const box = await startSupervised(context, { run: ['sleep', '60'], ...options });
  box.sendRaw(Buffer.concat(frames));
  const end = await box.ended;
  expect(end).toMatchObject({ exitCode: 65, result: undefined, complaint: '' });
  expect(end.order).toMatch(/^P?!$/);
  expect(end.fault).toMatch(/^malformed: /);
}
