// A computation of a second or two in each language whose programs start before they arrive, beside the same program started plainly
// by `docker run --rm` of the same image: what begins sooner must not go on slower.
import { afterAll, beforeAll, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { findLanguage, type Language, loadLanguages } from '../../src/languages.js';
import { type BenchService, CALLERS, startBenchService } from './bench-service.js';
import { measure } from './measure.js';
import { byDockerRun } from './outside.js';

const ROUNDS = 5;

type Computation = { id: string; count: number; run: string[]; code: (count: number) => string };

const COMPUTATIONS: Computation[] = [
  {
    ...{ id: 'python', count: 48_000_000, run: ['python3', 'main.py'] },
    code: (count) => `
def compute():
  total = 0
  for n in range(${count}): total = (total * 31 + n) % 1000003
  return total
print(compute())`,
  },
  {
    ...{ id: 'ruby', count: 90_000_000, run: ['ruby', 'main.rb'] },
    code: (count) => `
total, n = 0, 0
while n < ${count}
  total = (total * 31 + n) % 1000003
  n += 1
end
puts total`,
  },
  {
    ...{ id: 'php', count: 150_000_000, run: ['php', 'main.php'] },
    code: (count) => `<?php
$total = 0;
for ($n = 0; $n < ${count}; $n++) $total = ($total * 31 + $n) % 1000003;
echo $total, "\n";`,
  },
  {
    ...{ id: 'javascript', count: 400_000_000, run: ['node', 'main.js'] },
    code: (count) => `
let total = 0;
for (let n = 0; n < ${count}; n++) total = (total * 31 + n) % 1000003;
console.log(total);`,
  },
  {
    ...{ id: 'java', count: 400_000_000, run: ['java', 'Main.java'] },
    code: (count) => `
public class Main {
  public static void main(String[] args) {
    long total = 0;
    for (int n = 0; n < ${count}; n++) total = (total * 31 + n) % 1000003;
    System.out.println(total);
  }
}`,
  },
];

const languages = loadLanguages(`${PROJECT_ROOT}/languages`);
let service: BenchService;

beforeAll(async () => {
  service = await startBenchService(COMPUTATIONS.map(({ id }) => id).join(','));
});
afterAll(() => service.stop());

function compute(count: number): string {
  let total = 0;
  for (let n = 0; n < count; n++) total = (total * 31 + n) % 1000003;
  return `${total}\n`;
}

test.each(COMPUTATIONS)('a computation in $id', { timeout: 600_000 }, async ({ id, count, run, code }) => {
  const plain = { ...(findLanguage(languages, id) as Language), run };
  const [program, expected] = [code(count), compute(count)];
  await measure(
    `a computation in ${id}`,
    [
      { name: `docker run --rm, ${run.join(' ')}`, run: byDockerRun(plain, program, expected) },
      { name: 'one caller', run: () => service.run(CALLERS[0] as string, id, program, expected) },
    ],
    ROUNDS,
  );
});
