// One container, one job after the other: each finds a fresh cell and nothing of the job before.
import { afterAll, describe, expect, type TestContext, test, vi } from 'vitest';
import {
  type ContainerOptions,
  docker,
  type Ending,
  runLabel,
  type Supervised,
  startSupervised,
  toEnding,
  toFile,
} from './supervised-container.js';

vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000, maxConcurrency: 4 });

const MB = 2 ** 20;

afterAll(async () => {
  const left = await docker.listContainers({ all: true, filters: { label: [runLabel] } });
  expect(left, 'containers left by this file').toEqual([]);
});

type Box = { box: Supervised; run(script: string, job?: Job): Promise<Ending> };
type Job = {
  limits?: string[];
  args?: string[];
  entry?: string;
  flags?: string[];
  env?: string[];
  files?: Record<string, string>;
  stdin?: string;
  /** Keep what the compile step makes, or begin with it. */
  keep?: 'hold' | 'made';
};

/** A container that runs shell scripts, one after the other. */
async function startBox(context: TestContext, options: ContainerOptions = {}): Promise<Box> {
  const box = await startSupervised(context, { run: ['sh', 'main.sh'], ...options, cells: true });
  return {
    box,
    async run(
      script,
      { limits = [], args = [], entry, flags = [], env = [], files = {}, stdin = '', keep } = {},
    ) {
      const before = box.frames.length;
      const ready = box.frame('N');
      if (keep !== undefined) box.send(keep === 'hold' ? 'H' : 'M');
      if (keep !== 'made') box.send('F', toFile('main.sh', script));
      for (const [path, content] of Object.entries(files)) box.send('F', toFile(path, content));
      for (const argument of args) box.send('A', argument);
      if (entry !== undefined) box.send('B', entry);
      for (const flag of flags) box.send('C', flag);
      for (const variable of env) box.send('E', variable);
      for (const limit of limits) box.send('L', limit);
      box.send('G');
      if (stdin) box.send('I', stdin);
      box.send('X');
      const over = box.ended.then(({ fault, exitCode }) => {
        throw new Error(`the container ended with ${exitCode}: ${fault}`);
      });
      await Promise.race([ready, over]);
      return toEnding(0, box.frames.slice(before), '');
    },
  };
}

/** The same, where each job's frames come before the one before it has ended. */
async function startAhead(context: TestContext, options: ContainerOptions = {}) {
  const box = await startSupervised(context, { run: ['sh', 'main.sh'], ...options, cells: true });
  return {
    box,
    async endings(jobs: { script: string; stdin?: string }[]): Promise<Ending[]> {
      for (const { script, stdin = '' } of jobs) {
        box.send('F', toFile('main.sh', script));
        box.send('G');
        if (stdin) box.send('I', stdin);
        box.send('X');
      }
      await vi.waitUntil(() => box.frames.filter(({ kind }) => kind === 'N').length === jobs.length, 50_000);
      const endings: Ending[] = [];
      let from = 0;
      for (const [at, { kind }] of box.frames.entries()) {
        if (kind !== 'N') continue;
        endings.push(toEnding(0, box.frames.slice(from, at + 1), ''));
        from = at + 1;
      }
      return endings;
    },
  };
}

const stdoutOf = async (ending: Promise<Ending>) => (await ending).stdout.toString();

describe.concurrent('jobs in one container', () => {
  test('run one after the other, each with its own files, arguments, variables, input and verdict', async (context) => {
    const { run, box } = await startBox(context);
    const first = await run('cat; echo "$1 $GREETING"; cat other; exit 3', {
      ...{ args: ['one'], env: ['GREETING=hello'], files: { other: 'other file\n' }, stdin: 'typed\n' },
    });
    expect(first.stdout.toString()).toBe('typed\none hello\nother file\n');
    expect(first.result).toMatchObject({ exit_code: 3, signal: null, stdout_bytes: 27 });
    const second = await run('cat; echo "[$1] [$GREETING] [$HOME]"; ls; kill -SEGV $$');
    expect(second.stdout.toString()).toBe('[] [] [/job]\nmain.sh\n');
    expect(second.result).toMatchObject({ exit_code: null, signal: 11 });
    for (let n = 0; n < 20; n++) expect(await stdoutOf(run(`echo ${n}`))).toBe(`${n}\n`);
    box.stream.end();
    expect(await box.ended).toMatchObject({ exitCode: 0, fault: undefined, complaint: '' });
  });

  test('lowered limits hold for their job alone', async (context) => {
    const { run } = await startBox(context);
    const slow = await run('sleep 5', { limits: ['time_limit_ms=200'] });
    expect(slow.result).toMatchObject({ timed_out: true });
    const wordy = await run('echo 0123456789', { limits: ['output_bytes=4'] });
    expect(wordy.result).toMatchObject({ output_limit: true });
    const free = await run('sleep 0.5; echo 0123456789');
    expect(free.result).toMatchObject({ timed_out: false, output_limit: false, exit_code: 0 });
    expect(free.stdout.toString()).toBe('0123456789\n');
  });

  test('find no file, mount, process, socket, port, memory segment or host name of the job before', async (context) => {
    const { run } = await startBox(context, { run: ['perl', 'main.sh'] });
    const leave = `
      use Socket; $| = 1;
      for (qw(/job/left /tmp/left /dev/shm/left)) { open my $f, '>', $_ or die "$_: $!"; print $f 'left'; close $f }
      mkdir '/tmp/deep' or die; symlink '/etc', '/job/link' or die;
      defined shmget(4711, 4096, 01000 | 0666) or die "shm: $!";
      socket my $unix, PF_UNIX, SOCK_STREAM, 0 or die; bind $unix, pack_sockaddr_un("\\0left") or die "abstract: $!";
      listen $unix, 1;
      socket my $tcp, PF_INET, SOCK_STREAM, 0 or die; bind $tcp, pack_sockaddr_in(4711, INADDR_LOOPBACK) or die "tcp: $!";
      listen $tcp, 1;
      if (fork == 0) { require POSIX; POSIX::setsid(); close STDOUT; close STDERR; sleep 1000 }
      print 'left';`;
    const look = `
      use Socket;
      my @found = grep { -e or -l } qw(/job/left /tmp/left /dev/shm/left /tmp/deep /job/link);
      push @found, 'shm' if defined shmget(4711, 0, 0);
      socket my $unix, PF_UNIX, SOCK_STREAM, 0; push @found, 'abstract' if connect $unix, pack_sockaddr_un("\\0left");
      socket my $tcp, PF_INET, SOCK_STREAM, 0; push @found, 'tcp' if connect $tcp, pack_sockaddr_in(4711, INADDR_LOOPBACK);
      push @found, "process $_" for grep { $_ != 1 && $_ != $$ } map { m,/proc/(\\d+), } glob '/proc/[0-9]*';
      push @found, 'mount' if grep { /left/ } do { open my $m, '<', '/proc/mounts'; <$m> };
      print "found: @found";`;
    expect(await stdoutOf(run(leave))).toBe('left');
    expect(await stdoutOf(run(look))).toBe('found: ');
  });

  test('have loopback, no capability, and no way to another namespace', async (context) => {
    const { run } = await startBox(context);
    const ids = () =>
      stdoutOf(run('for n in user mnt net ipc uts pid cgroup; do readlink /proc/self/ns/$n; done'));
    const [first, second] = [(await ids()).trim().split('\n'), (await ids()).trim().split('\n')];
    expect(first).toHaveLength(7);
    // The kernel may use a number again once its namespace has gone; those of the container stay.
    expect(second.slice(5)).toEqual(first.slice(5));
    expect(await stdoutOf(run("grep -E '^(Cap|NoNewPrivs|Seccomp)' /proc/self/status"))).toBe(
      `${['CapInh', 'CapPrm', 'CapEff', 'CapBnd', 'CapAmb']
        .map((name) => `${name}:\t${'0'.repeat(16)}\n`)
        .join('')}NoNewPrivs:\t1\nSeccomp:\t2\nSeccomp_filters:\t2\n`,
    );
    const script = `perl -e 'for ([272, 0x5C020000], [272, 0x10000000], [308, 0, 0], [165, 0, 0, 0, 0, 0], [166, 0, 0], [155, 0, 0], [56, 0x10000000 | 17, 0, 0, 0, 0]) { my $r = syscall($_->[0], @$_[1..$#$_]); print "$r $!{EPERM}\\n" }' | sort | uniq -c`;
    expect((await stdoutOf(run(script))).trim()).toMatch(/^7 -1 [1-9]\d*$/);
    expect(await stdoutOf(run('cat /sys/class/net/lo/flags; cat /proc/sys/kernel/hostname'))).toMatch(
      /^0x9\n/,
    );
  });

  test('what one takes of memory is not told of the next', async (context) => {
    const { run } = await startBox(context);
    const large = await run(`perl -e 'my $x = "a" x (24 << 20); substr($x, 5, 1) = "b"'`);
    expect(large.result?.memory_bytes).toBeGreaterThan(24 * MB);
    const small = await run('true');
    expect(small.result?.memory_bytes).toBeGreaterThan(100_000);
    expect(small.result?.memory_bytes).toBeLessThan(16 * MB);
    expect(small.result?.cpu_us).toBeLessThan((large.result?.cpu_us as number) * 0.9);
  });

  test('a full tmpfs and a memory hog of one are no matter to the next', async (context) => {
    const { run } = await startBox(context);
    const full = await run(
      'dd if=/dev/zero of=/tmp/full bs=1M count=64 2>/dev/null; df /tmp | tail -1 | wc -l',
    );
    expect(full.stdout.toString()).toBe('1\n');
    const hog = await run(`perl -e 'my @x; push @x, "a" x (8 << 20) while 1'`);
    expect(hog.result).toMatchObject({ exit_code: 137 });
    expect(hog.result?.oom_kills).toBeGreaterThan(0);
    const next = await run('dd if=/dev/zero of=/tmp/some bs=1M count=16 2>/dev/null && echo room');
    expect(next.stdout.toString()).toBe('room\n');
    expect(next.result).toMatchObject({ exit_code: 0, oom_kills: 0 });
  });

  test('a program that is compiled first finds what its compiler wrote, and the next one does not', async (context) => {
    const { run } = await startBox(context, {
      compile: ['sh', '-c', '[ -e made ] && exit 9; cp main.sh made; sleep 100 & echo compiled >/tmp/note'],
      run: ['sh', 'made'],
    });
    for (let n = 0; n < 3; n++) {
      const { phases, stdout, result } = await run('cat /tmp/note; echo ran; ls /proc | grep -c "^[0-9]"');
      expect([phases, result?.exit_code]).toEqual(['CR', 0]);
      expect(stdout.toString()).toMatch(/^compiled\nran\n[2-5]\n$/);
    }
  });

  test('runs of a program that is compiled once begin with the same folder, whatever one of them does to it', async (context) => {
    const compile = `
      cp main.sh made; chmod 0755 made; mkdir -p deep/er closed; echo deep > deep/er/file; ln -s deep/er/file link
      mkfifo pipe; echo secret > unreadable; chmod 000 unreadable; echo in > closed/in; chmod 0500 closed
      touch -d '2001-02-03 04:05:06Z' made; echo tmp > /tmp/note; sleep 100 &`;
    const program = `
      stat -c '%n %A %s' * deep/er/file closed/in; stat -c %Y made; cat link; ls /tmp; read -r line; echo "$1 $line"
      rm -rf deep made; echo dirt > link; echo dirt > dirt; echo dirt > /tmp/dirt; exit 4`;
    const { run, box } = await startBox(context, { compile: ['sh', '-c', compile], run: ['sh', './made'] });
    const first = await run(program, { keep: 'hold', args: ['one'], stdin: 'input\n' });
    expect([first.phases, first.result?.exit_code, first.result?.compile_wall_us]).toEqual([
      ...['CR', 4, expect.any(Number)],
    ]);
    const size = program.length;
    const found = [
      ...['closed dr-x------ 60', 'deep drwxr-xr-x 60', 'link lrwxrwxrwx 12', `made -rwxr-xr-x ${size}`],
      ...[
        `main.sh -rw-r--r-- ${size}`,
        'deep/er/file -rw-r--r-- 5',
        'closed/in -rw-r--r-- 3',
        '981173106',
        'deep',
      ],
    ];
    expect(first.stdout.toString()).toBe([...found, 'one input', ''].join('\n'));
    for (const word of ['two', 'three']) {
      const next = await run('', { keep: 'made', args: [word], stdin: 'more\n' });
      expect([next.phases, next.result?.exit_code, next.result?.compile_wall_us]).toEqual(['R', 4, null]);
      expect(next.stdout.toString()).toBe([...found, `${word} more`, ''].join('\n'));
    }
    // Another program, and what was held is gone.
    expect((await run('echo other')).phases).toBe('CR');
    box.send('M');
    expect(await box.ended).toMatchObject({ exitCode: 65, fault: 'malformed: nothing is held' });
  });

  test('a compile step that fails leaves nothing to begin with', async (context) => {
    const { run, box } = await startBox(context, { compile: ['false'], run: ['true'] });
    expect((await run('', { keep: 'hold' })).phases).toBe('C');
    box.send('M');
    expect(await box.ended).toMatchObject({ exitCode: 65, fault: 'malformed: nothing is held' });
  });

  test('nothing is held where nothing is compiled', async (context) => {
    const { box } = await startBox(context);
    box.send('H');
    expect(await box.ended).toMatchObject({ exitCode: 65, fault: 'malformed: nothing can be held' });
  });

  test.for([
    ['is too deep', 'i=0; while [ $i -lt 40 ]; do mkdir d; cd d; i=$((i+1)); done', 'Too many levels'],
    ['cannot be looked into', 'mkdir -p d/e; chmod 0400 d', 'Permission denied'],
  ])('a compile step whose folder %s fails where it is to be held', async ([, compile, problem], context) => {
    const { run } = await startBox(context, {
      compile: ['sh', '-c', `echo warned >&2; ${compile}`],
      run: ['true'],
    });
    const held = await run('', { keep: 'hold' });
    expect([held.phases, held.result?.exit_code]).toEqual(['C', 1]);
    expect(held.stderr.toString()).toContain(
      'warned\nwhat the compile step left cannot be kept for several runs: ',
    );
    expect(held.stderr.toString()).toContain(problem);
    expect(held.result?.stderr_bytes).toBe(held.stderr.length);
    expect((await run('')).phases).toBe('CR');
  });

  test('frames for a program that has ended are not the next one’s', async (context) => {
    const { run, box } = await startBox(context);
    const input = 'x'.repeat(65_536);
    const ready = box.frame('N');
    box.send('F', toFile('main.sh', 'exit 0'));
    box.send('G');
    for (let n = 0; n < 20; n++) box.send('I', input);
    box.send('S', Buffer.from([9]));
    box.send('K');
    box.send('X');
    await ready;
    expect(await stdoutOf(run('cat; echo read'))).toBe('read\n');
  });

  test('that come ahead wait for their turn, and each has a cell of its own', async (context) => {
    const { box, endings } = await startAhead(context);
    const look = 'cat; ls /job /tmp; readlink /proc/self/ns/mnt; touch /job/left /tmp/left';
    const all = await endings(Array.from({ length: 12 }, (_, n) => ({ script: look, stdin: `${n}\n` })));
    const found = all.map(({ stdout }) => stdout.toString().split('\n'));
    expect(found.map(([stdin, ...folders]) => [stdin, folders.slice(0, 4).join(' ')])).toEqual(
      all.map((_, n) => [`${n}`, '/job: main.sh  /tmp:']),
    );
    expect(all.map(({ result }) => result?.exit_code)).toEqual(all.map(() => 0));
    // The CPU time of who makes the next cell is nobody's.
    for (const { result } of all) expect(result?.cpu_us).toBeGreaterThan(0);
    box.stream.end();
    expect(await box.ended).toMatchObject({ exitCode: 0, fault: undefined });
  });

  test('and what one does to all processes that it sees is no matter to the next', async (context) => {
    const { endings } = await startAhead(context, { run: ['perl', 'main.sh'] });
    // It looks for who makes the next cell from its first moment on: stopped, killed, starved, or with no descriptor to open.
    const attack = (what: string) => `
      for (1 .. 300) { for my $pid (map { m,/proc/(\\d+)$, } glob '/proc/[0-9]*') { next if $pid == $$ || $pid == 1; ${what} } }
      print "attacked";`;
    const attacks = [
      'kill "STOP", $pid;',
      'kill "KILL", $pid;',
      // setpriority, prlimit64 of descriptors and of locked memory.
      'syscall(141, 0, $pid, 19); syscall(302, $pid, 7, pack("QQ", 0, 0), 0); syscall(302, $pid, 8, pack("QQ", 0, 0), 0);',
      'for my $file (qw(uid_map setgroups mem environ)) { print "opened $file" if open my $f, "+<", "/proc/$pid/$file" }',
      'print "traced" if syscall(101, 16, $pid, 0, 0) == 0; print "in" if opendir my $d, "/proc/$pid/root";',
    ].map((what) => ({ script: attack(what) }));
    const look = {
      script:
        'open my $l, "<", "/proc/self/limits"; print grep { /locked|open files|queue|pending/ } <$l>; print glob "/job/*"',
    };
    const all = await endings([look, ...attacks.flatMap((attack) => [attack, look, attack, attack, look])]);
    const looks = all
      .filter((_, n) => n === 0 || [2, 0].includes(n % 5))
      .map(({ stdout }) => stdout.toString());
    expect(looks).toHaveLength(11);
    expect(new Set(looks).size, looks.join('\n')).toBe(1);
    expect(looks[0]).toContain('/job/main.sh');
    const attacked = all
      .filter((_, n) => n > 0 && ![2, 0].includes(n % 5))
      .map(({ stdout }) => stdout.toString());
    expect(new Set(attacked)).toEqual(new Set(['attacked']));
  });

  test('a job’s frames before the end of the input of the one that runs are malformed', async (context) => {
    const { box } = await startBox(context);
    box.send('F', toFile('main.sh', 'sleep 5'));
    box.send('G');
    box.send('F', toFile('main.sh', 'true'));
    expect(await box.ended).toMatchObject({ exitCode: 65, fault: 'malformed: kind 70 after go' });
  });

  test('take the place of what has waited for them, but for arguments or variables of their own, or when it has died', async (context) => {
    const ready = ['sh', '-c', 'read -r go <&9; exec 9<&-; WAITED=yes exec sh main.sh'];
    const { run } = await startBox(context, { ready });
    const tell = 'echo "$WAITED $1 $MORE"; ls /proc/self/fd | wc -l; exit 3';
    for (let n = 0; n < 2; n++) {
      const { stdout, result } = await run(tell);
      expect([stdout.toString(), result?.exit_code]).toEqual(['yes  \n4\n', 3]);
    }
    expect(await stdoutOf(run(tell, { args: ['one'] }))).toBe(' one \n4\n');
    expect(await stdoutOf(run(tell, { env: ['MORE=more'] }))).toBe('  more\n4\n');
    expect(await stdoutOf(run(tell))).toBe('yes  \n4\n');
    const dies = await startBox(context, { ready: ['sh', '-c', 'exit 1'] });
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(await stdoutOf(dies.run(tell))).toBe('  \n4\n');
  });

  test('begin with a file of their own, compiled by words of their own, and the next one with what is everybody’s', async (context) => {
    const ready = ['sh', '-c', 'read -r go <&9; exec 9<&-; WAITED=yes exec sh main.sh'];
    const compile = ['sh', '-c', 'echo "compiled $*"', 'main.sh', 'main.sh'];
    const { run } = await startBox(context, { ready, compile, file: 'main.sh' });
    const files = { 'a.sh': 'echo "a$WAITED"', 'b.sh': 'echo "b$WAITED"' };
    for (const _ of [1, 2]) {
      expect(await stdoutOf(run('echo main', { files, entry: 'a.sh', flags: ['-x', 'y'] }))).toBe(
        'compiled a.sh -x y\na\n',
      );
      expect(await stdoutOf(run('echo main', { files, entry: 'b.sh' }))).toBe('compiled b.sh\nb\n');
      expect(await stdoutOf(run('echo main', { files }))).toBe('compiled main.sh\nmain\n');
    }
    const held = await run('echo main', { keep: 'hold', files, entry: 'a.sh' });
    expect(held.stdout.toString()).toBe('compiled a.sh\na\n');
    expect(await stdoutOf(run('', { keep: 'made', entry: 'a.sh' }))).toBe('a\n');
    expect(await stdoutOf(run('', { keep: 'made' }))).toBe('main\n');
  });

  test('of what is started ahead none begins with another file', async (context) => {
    const ready = ['sh', '-c', 'read -r go <&9; exec 9<&-; WAITED=yes exec sh main.sh'];
    const { run } = await startBox(context, { ready, file: 'main.sh' });
    const files = { 'a.sh': 'echo "a $WAITED"' };
    expect(await stdoutOf(run('echo "main $WAITED"', { files }))).toBe('main yes\n');
    expect(await stdoutOf(run('echo main', { files, entry: 'a.sh' }))).toBe('a \n');
    expect(await stdoutOf(run('echo "main $WAITED"'))).toBe('main yes\n');
  });

  test('are not made where the profile does not allow it, and that is told', async (context) => {
    const box = await startSupervised(context, { cells: true, strictProfile: true });
    const { exitCode, fault } = await box.ended;
    expect([exitCode, fault]).toEqual([70, 'cannot make a cell: users: Operation not permitted']);
  });
});
