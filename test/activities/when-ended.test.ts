import { setTimeout as sleep } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { whenEnded } from '../../src/activities/when-ended.js';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

function createEnd() {
  let end = () => {};
  let fail = (_error: Error) => {};
  const ended = new Promise<void>((...settle) => {
    [end, fail] = settle;
  });
  return { ended, end, fail };
}

test('the end is told, with its error if it has one', async () => {
  const [good, bad] = [createEnd(), createEnd()];
  const told: unknown[] = [];
  whenEnded(good.ended, (error) => told.push(['good', error]));
  whenEnded(bad.ended, (error) => told.push(['bad', error]));
  const error = new Error('paused');
  bad.fail(error);
  await sleep(0);
  good.end();
  await sleep(0);
  expect(told).toEqual([
    ['bad', error],
    ['good', undefined],
  ]);
});

test('who does not wait any more is not told, and not kept', async () => {
  const { ended, end } = createEnd();
  const told: string[] = [];
  function wait(): WeakRef<Buffer> {
    const gathered = Buffer.alloc(1000);
    const forget = whenEnded(ended, () => told.push(gathered.toString()));
    forget();
    return new WeakRef(gathered);
  }
  const gathered = wait();
  await sleep(0);
  collectGarbage();
  expect(gathered.deref()).toBeUndefined();
  end();
  await sleep(0);
  expect(told).toEqual([]);
});
