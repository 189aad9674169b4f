// A hello world at one caller, from the request to the answer, in the seed's languages and C, or in those of BENCH_LANGUAGES, beside
// the same program by `docker run --rm` of the same image and by the host's own interpreter.
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { loadLanguages } from '../../src/languages.js';
import { ALONE, type BenchService, CALLERS, startBenchService } from './bench-service.js';
import { measure } from './measure.js';
import { byDockerRun, onHost } from './outside.js';

const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 20);
/** So that what one variant leaves to be done, such as the start of a container, is not measured with the next. */
const PAUSE_MS = 1_500;
const { BENCH_LANGUAGES = 'python,perl,php,ruby,javascript,java,c' } = process.env;
const IDS = BENCH_LANGUAGES.split(',');

const languages = loadLanguages(`${PROJECT_ROOT}/languages`).filter(({ id }) => IDS.includes(id));
let service: BenchService;

beforeAll(async () => {
  service = await startBenchService(IDS.join(','));
});
afterAll(() => service.stop());

test.each(languages.map((language) => [language.name, language] as const))(
  'hello world in %s',
  { timeout: 600_000 },
  async (name, language) => {
    const { id, hello } = language;
    const expected = id === 'php' ? 'drill my brain' : 'drill my brain\n';
    const bare = onHost(language, hello, expected);
    const variants = [
      { name: 'docker run --rm', run: byDockerRun(language, hello, expected) },
      ...(bare ? [{ name: "this host's own", run: bare }] : []),
      { name: 'one caller', run: () => service.run(CALLERS[0] as string, id, hello, expected) },
      { name: 'isolation: container', run: () => service.run(ALONE, id, hello, expected) },
    ];
    const before = () => sleep(PAUSE_MS);
    await measure(
      `hello ${name}`,
      variants.map((variant) => ({ ...variant, before })),
      ROUNDS,
    );
  },
);
