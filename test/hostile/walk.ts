// One round: the single programs in lanes, then the pairs one after another, since nobody else may have their slots.
import { setTimeout as sleep } from 'node:timers/promises';
import type { JobBody } from '../../src/api/job-schemas.js';
import { type HostileService, OTHER_KEY } from './hostile-service.js';
import { judge } from './judge.js';
import type { Watch } from './leftovers.js';
import type { HostileProgram } from './programs.js';
import type { Outcome } from './summary.js';

export type Walk = {
  service: HostileService;
  watch: Watch;
  lanes: number;
  round: number;
  report: (outcome: Outcome) => void;
};

/** How often a pair is tried until both have really run at once. */
const PAIR_TRIES = 6;

/** How often the second of a pair is run until it has had the first one's container. */
const SHARE_TRIES = 4;

/** So long the first of a pair gets to begin, in its first try; in later ones more. */
const BEFORE_LOOKING_MS = 300;

/** Runs every program once, or once for each of its values. */
export async function walkRound(programs: readonly HostileProgram[], walk: Walk): Promise<void> {
  const inPairs = new Set(programs.flatMap(({ neighbour }) => neighbour?.program.file ?? []));
  const queue = programs.filter(({ neighbour, file }) => neighbour === undefined && !inPairs.has(file));
  const lane = async () => {
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) await runAlone(next, walk);
  };
  await Promise.all(Array.from({ length: walk.lanes }, lane));
  for (const program of programs) if (program.neighbour) await runPair(program, walk);
}

async function runAlone(program: HostileProgram, walk: Walk): Promise<void> {
  const values = program.valuesOf(walk.round);
  for (const [index, value] of values.entries()) {
    const isLast = index === values.length - 1;
    await attempt(toName(program, value), program.family, walk.report, async () => [
      ...(await runAndJudge(program, walk, { value })).problems,
      ...(isLast ? await sayHello(program, walk) : []),
    ]);
  }
}

async function runPair(program: HostileProgram, walk: Walk): Promise<void> {
  const { program: other, when } = program.neighbour as NonNullable<HostileProgram['neighbour']>;
  const name = `${toName(program)} ${when === 'before' ? 'after' : 'beside'} ${other.file}`;
  await attempt(name, program.family, walk.report, async () => {
    const problems = await (when === 'before' ? runAfter : runBeside)(program, other, walk);
    return [...problems, ...(await sayHello(program, walk))];
  });
}

/** Once as the same caller, who with cells gets the first one's container, and once as another, who must not. */
async function runAfter(program: HostileProgram, other: HostileProgram, walk: Walk): Promise<string[]> {
  const { service } = walk;
  const containerOf = ({ job }: Ran) => service.containerOf(job.job_id);
  const shares = service.isolation === 'cells' && program.language.id === other.language.id;
  const first = await runAndJudge(other, walk);
  const seconds = [await runAndJudge(program, walk)];
  const isShared = () => seconds.some((second) => containerOf(second) === containerOf(first));
  // Where programs are started ahead a caller has two containers in turn.
  while (shares && !isShared() && seconds.length < SHARE_TRIES)
    seconds.push(await runAndJudge(program, walk));
  await runAndJudge(other, walk);
  const strangers = await runAndJudge(program, walk, { key: OTHER_KEY });
  return [
    ...[first, ...seconds, strangers].flatMap(({ problems }) => problems),
    ...cacheProblems(program, { first, seconds, strangers }),
    ...(shares === isShared() ? [] : ['the second got another container than it should']),
    ...(containerOf(first) === containerOf(strangers) ? ['a stranger got the container'] : []),
  ];
}

/** What is compiled once is so for its caller alone; what would not come out the same is compiled each time. */
function cacheProblems(
  { cached }: HostileProgram,
  { first, seconds, strangers }: { first: Ran; seconds: Ran[]; strangers: Ran },
): string[] {
  if (cached === undefined) return [];
  const isCached = ({ job }: Ran) => job.compile?.cached;
  return [
    ...(isCached(first) === false ? [] : ['the first was not compiled']),
    ...(seconds.every((second) => isCached(second) === cached)
      ? []
      : [`the second is not cached: ${cached}`]),
    ...(isCached(strangers) === false ? [] : ['a stranger got what another caller’s compiler has made']),
  ];
}

/** The second one has to begin and end while the first holds; on a busy host that may take another try. */
async function runBeside(program: HostileProgram, other: HostileProgram, walk: Walk): Promise<string[]> {
  for (let tried = 1; ; tried++) {
    const id = await walk.service.submit(other.language.id, other.code);
    await walk.service.untilJob(id, ({ status }) => status !== 'queued');
    await sleep(tried * BEFORE_LOOKING_MS);
    const looker = await runAndJudge(program, walk);
    const holder = await walk.service.untilJob(id, ({ completed_at }) => completed_at !== null);
    const problems = [...(await judgeEnd(holder, other, walk)), ...looker.problems];
    if (isWithin(looker.job, holder) || problems.length > 0) return problems;
    if (tried === PAIR_TRIES) return [`never ran while ${other.file} did, in ${tried} tries`];
  }
}

type Ran = { job: JobBody; problems: string[] };

async function runAndJudge(
  program: HostileProgram,
  walk: Walk,
  { value, key }: { value?: string | undefined; key?: string } = {},
): Promise<Ran> {
  const { language, artifacts, files, compile_flags } = program;
  const code = program.code.replaceAll('EACH', value ?? 'EACH').replaceAll('ROUND', `${walk.round}`);
  const wanted = artifacts && Object.keys(artifacts);
  const job = await walk.service.run(
    { language: language.id, code, files, compile_flags, artifacts: wanted },
    key,
  );
  return { job, problems: await judgeEnd(job, program, walk, value) };
}

async function judgeEnd(
  job: JobBody,
  program: HostileProgram,
  { watch }: Walk,
  value?: string,
): Promise<string[]> {
  const problem = judge(job, program, value);
  return [...(problem ? [problem] : []), ...(await watch.afterJob(job.job_id))];
}

async function sayHello({ language }: HostileProgram, { service }: Walk): Promise<string[]> {
  const { status, stdout } = await service.run({ language: language.id, code: language.hello });
  const said = stdout?.trim();
  return status === 'completed' && said === 'drill my brain'
    ? []
    : [`afterwards hello was ${status} ${said}`];
}

async function attempt(
  name: string,
  family: string,
  report: Walk['report'],
  run: () => Promise<string[]>,
): Promise<void> {
  const problems = await run().catch((error: Error) => [`no answer: ${error.message}`]);
  report({ family, name, problems });
}

/** By the clock of the host, which is the holder's, too. */
function isWithin(looker: JobBody, holder: JobBody): boolean {
  const time = (text: string | null) => Date.parse(text ?? '');
  const [, since] = /^holding since (\d+)$/m.exec(holder.stdout ?? '') ?? [];
  return Number(since) <= time(looker.started_at) && time(looker.completed_at) <= time(holder.completed_at);
}

const toName = ({ family, file }: HostileProgram, value?: string) =>
  `${family}/${file}${value === undefined ? '' : ` ${value}`}`;
