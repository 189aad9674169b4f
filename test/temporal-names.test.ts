import { expect, test } from 'vitest';
import { toLabels, toLabelValues } from '../src/temporal-names.js';

test('a label reads as it is written, and what a store could take for its own is percent-encoded', () => {
  expect(toLabelValues({ course: 'cs101', note: `it's "é" \u2661 (100 %) *` })).toEqual([
    'course=cs101',
    'note=it%27s%20%22%C3%A9%22%20%E2%99%A1%20%28100%20%25%29%20%2A',
  ]);
});

test('labels come back as they were', () => {
  for (const labels of [{}, { a: '' }, { a: 'b=c', d: '%41' }, { x: '\0\n\u{1f600}' }])
    expect(toLabels(toLabelValues(labels))).toEqual(labels);
});

test('what is no label is left out', () => {
  expect(toLabels(['a=1', 'b', '=c', 'd=%'])).toEqual({ a: '1' });
  expect(toLabels(undefined)).toEqual({});
});
