import type { Account } from './account.js';

/** One fault, one round. */
export type FaultRow = Account & { name: string; healthyMs: number };

const HEAD = ['fault', 'rounds', 'accepted', 'ended', 'lost', 'ran twice', 'healthy again, ms at most'];

/** All rounds of a fault in a line of plain text. */
export function toTable(rows: readonly FaultRow[]): string {
  const names = [...new Set(rows.map(({ name }) => name))];
  const lines = names.map((name) =>
    toCells(
      name,
      rows.filter((row) => row.name === name),
    ),
  );
  const all = [HEAD, ...lines, toCells('all', rows)];
  const widths = HEAD.map((_, column) => Math.max(...all.map((cells) => (cells[column] as string).length)));
  const pad = (cell: string, column: number) =>
    column === 0 ? cell.padEnd(widths[0] as number) : cell.padStart(widths[column] as number);
  return `${all.map((cells) => cells.map(pad).join('  ')).join('\n')}\n`;
}

function toCells(name: string, rows: readonly FaultRow[]): string[] {
  const sum = (count: (row: FaultRow) => number) => rows.reduce((total, row) => total + count(row), 0);
  const accepted = sum((row) => row.accepted.length + row.others.length);
  const lost = sum((row) => row.lost.length);
  const healthyMs = Math.max(0, ...rows.map((row) => row.healthyMs));
  const numbers = [
    rows.length,
    accepted,
    accepted - lost,
    lost,
    sum((row) => row.ranTwice.length),
    healthyMs,
  ];
  return [name, ...numbers.map(String)];
}
