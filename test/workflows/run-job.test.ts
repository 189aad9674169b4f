// Replays recorded histories: a workflow that runs while a new version is deployed must go on with it.
import { readdirSync, readFileSync } from 'node:fs';
import { DefaultLogger, type ReplayResult, Runtime, Worker } from '@temporalio/worker';
import { beforeAll, expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { bundleFile } from '../../src/workers/bundle-workflows.js';

const folder = `${PROJECT_ROOT}/test/histories`;
const names = readdirSync(folder).map((file) => file.replace('.json', ''));
const replayed = new Map<string, ReplayResult>();

beforeAll(async () => {
  Runtime.install({ logger: new DefaultLogger('ERROR') });
  const histories = names.map((workflowId) => ({
    workflowId,
    history: JSON.parse(readFileSync(`${folder}/${workflowId}.json`, 'utf8')),
  }));
  const options = { workflowBundle: { codePath: bundleFile({ encrypted: false }) } };
  for await (const result of Worker.runReplayHistories(options, histories)) {
    replayed.set(result.workflowId, result);
  }
}, 60_000);

test('there is a history of each way in which a job can go', () => {
  const ways = [
    'cancelled',
    'from-the-cli',
    'invalid',
    'plain',
    'platform-failure',
    'signalled',
    'store-away',
  ];
  expect(names.toSorted()).toEqual(ways);
});

test.each(names)('the recorded history of a job that was %s replays', (name) => {
  expect(replayed.has(name)).toBe(true);
  expect(replayed.get(name)?.error).toBeUndefined();
});

test('a history that the workflow would not make is told', async () => {
  const text = readFileSync(`${folder}/plain.json`, 'utf8').replaceAll('"runProgram"', '"somethingElse"');
  const options = { workflowBundle: { codePath: bundleFile({ encrypted: false }) } };
  await expect(Worker.runReplayHistory(options, JSON.parse(text))).rejects.toThrow();
});

/** The history of a job whose payload cannot be read a minute after its begin, with another begin. */
async function replayBegunEarlier(minutes: number): Promise<void> {
  const history = JSON.parse(readFileSync(`${folder}/store-away.json`, 'utf8'));
  const [begun] = history.events;
  begun.eventTime = new Date(Date.parse(begun.eventTime) - minutes * 60_000).toISOString();
  const options = { workflowBundle: { codePath: bundleFile({ encrypted: false }) } };
  await Worker.runReplayHistory(options, history);
}

test('a job whose payload cannot be read waits, and ends when that has lasted ten minutes', async () => {
  await replayBegunEarlier(8);
  await expect(replayBegunEarlier(10)).rejects.toThrow(
    'No command scheduled for event HistoryEvent(id: 12, TimerStarted)',
  );
});
