// Sets every hostile program upon a service of its own. Ends with a table, and with exit code 1 when anything was lost.
import { RUNNER_LABEL } from '../../src/activities/container-options.js';
import { type HostileService, startHostileService } from './hostile-service.js';
import { type Watch, watchHost } from './leftovers.js';
import { type Options, parseOptions } from './options.js';
import { type HostileProgram, readHostilePrograms } from './programs.js';
import { lostOnes, type Outcome, toTable } from './summary.js';
import { walkRound } from './walk.js';

const WARM_UP_RUNS = 20;

async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const programs = readHostilePrograms().filter(({ family, file }) =>
    `${family}/${file}`.includes(options.only),
  );
  if (programs.length === 0) throw new Error(`No program has "${options.only}" in its name.`);
  const outcomes: Outcome[] = [];
  const service = await startHostileService(options.isolation, console.log);
  try {
    await warmUp(service);
    const watch = await watchHost(service);
    for (let round = 1; round <= options.rounds; round++) {
      await runRound(round, { options, programs, service, watch, outcomes });
    }
    watch.stop();
  } finally {
    await service.stop();
  }
  report(outcomes, { family: 'the service', name: 'stopped', problems: await ownContainers(service) });
  console.log(`\n${toTable(outcomes)}`);
  return lostOnes(outcomes).length === 0 ? 0 : 1;
}

/** The first runs of a process make it grow; what it holds after them is what it needs. */
async function warmUp(service: HostileService): Promise<void> {
  for (let run = 0; run < WARM_UP_RUNS; run++)
    await service.run({ language: 'python', code: 'print("x" * 60_000)' });
}

type Round = {
  options: Options;
  programs: readonly HostileProgram[];
  service: HostileService;
  watch: Watch;
  outcomes: Outcome[];
};

async function runRound(round: number, { options, programs, service, watch, outcomes }: Round) {
  const startedAt = Date.now();
  const { lanes } = options;
  await walkRound(programs, {
    service,
    watch,
    lanes,
    round,
    report: (outcome) => report(outcomes, outcome),
  });
  report(outcomes, { family: 'the host', name: `round ${round}`, problems: await watch.afterRound() });
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  const { atStart, now } = watch.runnerMemory();
  console.log(
    `round ${round}: ${seconds} s, ${lostOnes(outcomes).length} lost so far, runner ${now} MiB (${atStart} after warm-up)`,
  );
}

function report(outcomes: Outcome[], outcome: Outcome): void {
  outcomes.push(outcome);
  if (outcome.problems.length > 0) console.log(`lost: ${outcome.name}\n  ${outcome.problems.join('\n  ')}`);
}

/** Holders too have to go with the runner. */
async function ownContainers({ docker, runnerName }: HostileService): Promise<string[]> {
  const filters = { label: [`${RUNNER_LABEL}=${runnerName}`] };
  const containers = await docker.listContainers({ all: true, filters });
  return containers.map(({ Names }) => `container ${Names[0]}`);
}

process.exitCode = await main().catch((error: Error) => {
  console.error(error.message);
  return 1;
});
