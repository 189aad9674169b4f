import { expect, test } from 'vitest';
import { parseSimulationOptions } from '../../src/simulation/options.js';

test('the defaults stay within the default rate limit and on this machine', () => {
  expect(parseSimulationOptions([])).toEqual({
    rate: 10,
    count: 100,
    seconds: 600,
    url: 'http://127.0.0.1:8080',
    'allow-remote': false,
  });
});

test.each(['http://localhost:1', 'http://127.0.0.2', 'http://[::1]:8080'])('%s is this machine', (url) => {
  expect(parseSimulationOptions(['--url', url]).url).toBe(url);
});

test.each([
  'http://example.com',
  'http://10.0.0.1',
  'http://127.0.0.1.example.com',
  'https://localhost.example',
])('%s is another machine, and needs --allow-remote', (url) => {
  expect(() => parseSimulationOptions(['--url', url])).toThrow('--allow-remote');
  expect(parseSimulationOptions(['--url', url, '--allow-remote']).url).toBe(url);
});

test.each([
  ['--rate', '0'],
  ['--rate', '101'],
  ['--rate', 'fast'],
  ['--count', '1.5'],
  ['--count', '100001'],
  ['--seconds', '0'],
  ['--url', 'ftp://localhost'],
  ['--url', 'localhost'],
])('%s %s is refused', (option, value) => {
  expect(() => parseSimulationOptions([option, value])).toThrow(option.slice(2));
});
