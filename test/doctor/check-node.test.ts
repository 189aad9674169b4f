import { expect, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { checkNode } from '../../src/doctor/check-node.js';

test.each([
  ['20.18.9', 'problem'],
  ['18.20.0', 'problem'],
  ['20.19.0', 'ok'],
  ['24.1.0', 'ok'],
])('Node.js %s: %s', async (version, level) => {
  expect(await checkNode({ root: PROJECT_ROOT }, version)).toMatchObject([{ level }]);
});
