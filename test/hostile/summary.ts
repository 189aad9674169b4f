/** One attempt at the sandbox: a program that was run, or a look at what a round left behind. */
export type Outcome = { family: string; name: string; problems: string[] };

/** A table in plain text: attempts, held and lost of each family and of all. */
export function toTable(outcomes: readonly Outcome[]): string {
  const families = [...new Set(outcomes.map(({ family }) => family))];
  const rows = [...families.map((family) => toRow(family, outcomes)), toRow('all', outcomes)];
  const width = Math.max(...rows.map(([family]) => family.length));
  const toLine = ([family, ...counts]: readonly [string, ...(string | number)[]]) =>
    [family.padEnd(width), ...counts.map((count) => `${count}`.padStart(8))].join('  ');
  return [toLine(['family', 'attempts', 'held', 'lost']), ...rows.map(toLine)].join('\n');
}

/** Those that did not hold, with all that is known. */
export const lostOnes = (outcomes: readonly Outcome[]) =>
  outcomes.filter(({ problems }) => problems.length > 0);

function toRow(family: string, outcomes: readonly Outcome[]): [string, number, number, number] {
  const own = outcomes.filter((outcome) => family === 'all' || outcome.family === family);
  const lost = lostOnes(own).length;
  return [family, own.length, own.length - lost, lost];
}
