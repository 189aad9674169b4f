// A hello world at one caller, from the request to the answer, in each of the seed's languages and C, beside the same program by
// `docker run --rm` of the same image and by the host's own interpreter.
import { afterAll, beforeAll, test } from 'vitest';
import { PROJECT_ROOT } from '../../src/config.js';
import { loadLanguages } from '../../src/languages.js';
import { ALONE, type BenchService, CALLERS, startBenchService } from './bench-service.js';
import { measure } from './measure.js';
import { byDockerRun, onHost } from './outside.js';

const ROUNDS = 30;
const IDS = ['python', 'perl', 'php', 'ruby', 'javascript', 'java', 'c'];

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
    await measure(
      `hello ${name}`,
      [
        { name: 'docker run --rm', run: byDockerRun(language, hello, expected) },
        ...(bare ? [{ name: "this host's own", run: bare }] : []),
        { name: 'one caller', run: () => service.run(CALLERS[0] as string, id, hello, expected) },
        { name: 'isolation: container', run: () => service.run(ALONE, id, hello, expected) },
      ],
      ROUNDS,
    );
  },
);
