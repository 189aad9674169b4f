// Programs that are no hello world, at one caller, beside `docker run --rm` of the same image and program.
import { afterAll, beforeAll, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { findLanguage, type Language, loadLanguages } from '../../src/languages.js';
import { type BenchService, CALLERS, startBenchService } from './bench-service.js';
import { measure } from './measure.js';
import { byDockerRun } from './outside.js';

const ROUNDS = 20;
const python = findLanguage(loadLanguages(`${PROJECT_ROOT}/languages`), 'python') as Language;

const LONG = `# ${'x'.repeat(48_000)}\nprint("ran")`;
// Ten times what its language allows: the engine ends it.
const WORDY = 'for n in range(10): print("x" * 99_999)';
const BUSY = `
total = 0
for n in range(1_500_000): total += n * n
print(total)`;

let service: BenchService;

beforeAll(async () => {
  service = await startBenchService('python');
});
afterAll(() => service.stop());

test.each([
  ['48 KB of code', LONG, 'ran\n', 'ran\n'],
  ['1 MB of output', WORDY, `${'x'.repeat(99_999)}\n`.repeat(10), 'the code is generating too large output'],
  ['a 100 ms computation', BUSY, '1124998875000250000\n', '1124998875000250000\n'],
])('%s', { timeout: 600_000 }, async (name, code, expected, answer) => {
  const key = CALLERS[0] as string;
  await measure(
    name,
    [
      { name: 'docker run --rm', run: byDockerRun(python, code, expected) },
      {
        name: 'one caller',
        async run() {
          const printed = await service.runAny(key, 'python', code);
          if (!printed.startsWith(answer)) throw new Error(`python printed ${printed.slice(0, 100)}`);
        },
      },
    ],
    ROUNDS,
  );
});
