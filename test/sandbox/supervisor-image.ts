import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type Docker from 'dockerode';
import { ensureBaseImage } from '../../src/workers/base-image.js';
import { SUPERVISOR } from '../../src/workers/image-recipe.js';

const root = new URL('../../', import.meta.url).pathname;

const supervisorSources = SUPERVISOR.files
  .filter((name) => name !== 'Dockerfile')
  .map((name) => `sandbox/${name}`);

/** An image of the tests: its Dockerfile, which gets the base as an argument, and what else it is made from. */
type TestImage = { name: string; dockerfile: string; sources: string[] };

/** The supervisor under test, plain and with sanitizers. */
export const buildSupervisorImage = (docker: Docker) =>
  buildTestImage(docker, {
    name: 'supervisor',
    dockerfile: 'test/sandbox/supervisor.Dockerfile',
    sources: ['test/sandbox/attacks.c', ...supervisorSources],
  });

/** The supervisor inside libFuzzer. */
export const buildFuzzImage = (docker: Docker) =>
  buildTestImage(docker, {
    name: 'fuzz',
    dockerfile: 'test/sandbox/fuzz.Dockerfile',
    sources: [
      ...['test/sandbox/supervisor-fuzz.c', 'test/sandbox/supervisor-fuzz.dict'],
      ...supervisorSources,
    ],
  });

/** Makes an image, unless it was made from these very sources before; returns its name. */
async function buildTestImage(docker: Docker, image: TestImage): Promise<string> {
  const sources = [image.dockerfile, ...image.sources];
  const base = await ensureBaseImage(docker, console.log);
  const hash = createHash('sha256').update(base);
  for (const source of sources) hash.update(readFileSync(root + source));
  const name = `braindrill-test-${image.name}:${hash.digest('hex').slice(0, 12)}`;
  if (await exists(docker, name)) return name;

  const answer = await docker.buildImage(
    { context: root, src: sources },
    { dockerfile: image.dockerfile, t: name, buildargs: { BASE: base } },
  );
  let log = '';
  for await (const chunk of answer) log += chunk;
  if (!(await exists(docker, name))) throw new Error(`the image was not made:\n${log}`);
  return name;
}

async function exists(docker: Docker, name: string): Promise<boolean> {
  const images = await docker.listImages({ filters: { reference: [name] } });
  return images.length > 0;
}
