// The supervisor's frame reader under libFuzzer with address and undefined-behaviour sanitizers: here for a short while, by
// `npm run test:fuzz` for as long as one likes.
import type { Duplex } from 'node:stream';
import type Docker from 'dockerode';
import { expect, type TestContext, test } from 'vitest';
import { createDockerStreamParser } from '../../src/activities/docker-stream.js';
import { SEEDS } from './fuzz-seeds.js';
import { docker, runLabel } from './supervised-container.js';
import { buildFuzzImage } from './supervisor-image.js';

const asked = process.env.FUZZ_SECONDS;
const seconds = Number(asked ?? 10);

const LIBFUZZER = [
  ...['/supervisor-fuzz', 'corpus', '-dict=/supervisor-fuzz.dict', '-max_len=70000', '-timeout=20'],
  ...['-rss_limit_mb=1500', '-print_final_stats=1', `-max_total_time=${seconds}`],
];

/** Reads the seeds, one a line, runs the fuzzer, and prints the input that it found, if it found one. */
const SCRIPT = `mkdir corpus
while read -r name bytes && [ "$name" != . ]; do echo "$bytes" | base64 -d > "corpus/$name"; done
${LIBFUZZER.join(' ')}
code=$?
for found in crash-* timeout-* oom-*; do [ ! -e "$found" ] || { echo "INPUT $found"; base64 -w0 "$found"; echo; }; done
exit $code`;

test(`nothing that comes over fd 0 breaks the supervisor, in ${seconds} s of trying`, {
  timeout: seconds * 1_000 + 600_000,
}, async (context) => {
  const { code, printed } = await runFuzzer(context);
  expect(code, printed.slice(-8_000)).toBe(0);
  const read = (pattern: RegExp) => (pattern.exec(printed) ?? []).slice(1).map(Number);
  const [runs = 0, took] = read(/Done (\d+) runs in (\d+) second/);
  const [edges = 0] = read(/\((\d+) inline 8-bit counters\)/);
  const [covered = 0, features, inputs] = read(/DONE +cov: (\d+) ft: (\d+) corp: (\d+)\//);
  console.log(
    `supervisor fuzzed: ${runs} runs in ${took} s, ${covered} of ${edges} edges (the harness's too), ` +
      `${features} features, ${inputs} inputs in the corpus`,
  );
  expect(runs).toBeGreaterThan(10 * Object.keys(SEEDS).length);
  // Less would mean that the harness no longer gets to what it is for.
  expect(covered / edges).toBeGreaterThan(0.4);
});

/** Runs the fuzzer in a container of its own, with the seeds, and answers with its exit code and all that it printed. */
async function runFuzzer(context: TestContext): Promise<{ code: number; printed: string }> {
  const container = await docker.createContainer(toContainerOptions(await buildFuzzImage(docker)));
  const attached = { stream: true, stdin: true, stdout: true, stderr: true, hijack: true };
  const stream = (await container.attach(attached)) as Duplex;
  context.onTestFinished(async () => {
    stream.destroy();
    await container.remove({ force: true });
  });
  await container.start();
  for (const [name, input] of Object.entries(SEEDS)) {
    stream.write(`${name.replaceAll(' ', '-')} ${input.toString('base64')}\n`);
  }
  stream.write('.\n');
  let printed = '';
  const print = (chunk: Buffer) => {
    printed += chunk;
    if (asked)
      process.stdout.write(
        chunk
          .toString()
          .match(/#\d+\s+pulse .*\n/g)
          ?.join('') ?? '',
      );
  };
  const parse = createDockerStreamParser({ onStdout: print, onStderr: print });
  for await (const chunk of stream) parse(chunk);
  const { StatusCode: code } = await container.wait();
  return { code, printed };
}

function toContainerOptions(Image: string): Docker.ContainerCreateOptions {
  const [labelName, labelValue] = runLabel.split('=') as [string, string];
  const memory = 2 * 2 ** 30;
  return {
    Image,
    Cmd: ['sh', '-c', SCRIPT],
    User: '60000:60000',
    WorkingDir: '/fuzz',
    Env: ['ASAN_OPTIONS=detect_leaks=0:external_symbolizer_path=/usr/bin/addr2line'],
    Labels: { [labelName]: labelValue },
    AttachStdin: true,
    AttachStdout: true,
    AttachStderr: true,
    OpenStdin: true,
    StdinOnce: true,
    HostConfig: {
      NetworkMode: 'none',
      SecurityOpt: ['no-new-privileges'],
      CapDrop: ['ALL'],
      ReadonlyRootfs: true,
      Tmpfs: { '/fuzz': `rw,nosuid,nodev,noexec,size=${2 ** 28},uid=60000,gid=60000` },
      Memory: memory,
      MemorySwap: memory,
      PidsLimit: 64,
      LogConfig: { Type: 'none', Config: {} },
    },
  };
}
