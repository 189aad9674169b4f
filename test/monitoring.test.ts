// The rules and the dashboard name only what is really exported. That the rules fire is promtool's to show (test/live).
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { PROJECT_ROOT } from '../src/config.js';
import { createApiMetrics, createRunnerMetrics } from '../src/metrics.js';

const read = (file: string) => readFileSync(`${PROJECT_ROOT}/monitoring/${file}`, 'utf8');

type Rule = {
  alert: string;
  expr: string;
  for: string;
  labels: { severity: string };
  annotations: { summary: string; runbook: string };
};
type Panel = {
  id: number;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets: { expr: string }[];
};

const rules = (parse(read('alerts.yaml')) as { groups: { rules: Rule[] }[] }).groups.flatMap(
  (group) => group.rules,
);
const { panels } = JSON.parse(read('dashboard.json')) as { panels: Panel[] };

const nothing = async () => undefined;
const registries = [createApiMetrics([], nothing, nothing).registry, createRunnerMetrics().registry];
const exported = registries
  .flatMap((registry) => registry.getMetricsAsArray())
  .flatMap(({ name, type }) =>
    `${type}` === 'histogram' ? ['bucket', 'sum', 'count'].map((part) => `${name}_${part}`) : [name],
  );

const namesIn = (text: string) => text.match(/\b(braindrill|process|nodejs)_\w+/g) ?? [];

test('the names of metrics are found in expressions', () => {
  const expr = 'sum(rate(braindrill_a_total{job="braindrill-api"}[5m])) / process_b';
  expect(namesIn(expr)).toEqual(['braindrill_a_total', 'process_b']);
});

test.each(rules.map((rule) => [rule.alert, rule] as const))(
  'alert %s names metrics that exist',
  (_, rule) => {
    const { expr, annotations } = rule;
    for (const name of namesIn(expr)) expect(exported).toContain(name);
    for (const name of namesIn(Object.values(annotations).join(' '))) expect(exported).toContain(name);
    expect(namesIn(expr).length + (expr.match(/\bup\b/g) ?? []).length).toBeGreaterThan(0);
  },
);

test('each alert waits, tells how bad it is, what is wrong and what to do, and has a test', () => {
  const tests = read('alerts.test.yaml');
  for (const { alert, for: wait, labels, annotations } of rules) {
    expect(wait, alert).toMatch(/^\d+m$/);
    expect(['critical', 'warning']).toContain(labels.severity);
    expect(annotations.summary.length, alert).toBeGreaterThan(20);
    expect(annotations.runbook.length, alert).toBeGreaterThan(20);
    expect(tests, alert).toContain(`alertname: ${alert}\n        eval_time`);
  }
});

test.each(panels.map((panel) => [panel.title, panel] as const))(
  'panel "%s" names metrics that exist',
  (_, { targets }) => {
    expect(targets.length).toBeGreaterThan(0);
    for (const { expr } of targets) {
      if (!/\bup\{/.test(expr)) expect(namesIn(expr).length, expr).toBeGreaterThan(0);
      for (const name of namesIn(expr)) expect(exported).toContain(name);
    }
  },
);

test('the dashboard shows all of the contract’s families and the runner’s, in panels that do not overlap', () => {
  const shown = panels.flatMap(({ targets }) => targets.flatMap(({ expr }) => namesIn(expr)));
  const ours = registries
    .flatMap((registry) => registry.getMetricsAsArray().map(({ name }) => name))
    .filter((name) => name.startsWith('braindrill_'));
  for (const name of ours)
    expect(
      shown.some((metric) => metric.startsWith(name)),
      name,
    ).toBe(true);
  const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, index) => `${x + (index % w)},${y + Math.floor(index / w)}`),
  );
  expect(new Set(cells).size).toBe(cells.length);
  expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
});
