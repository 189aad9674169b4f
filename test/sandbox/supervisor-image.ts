import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type Docker from 'dockerode';
import { ensureBaseImage } from '../../src/workers/base-image.js';

const root = new URL('../../', import.meta.url).pathname;
const dockerfile = 'test/sandbox/supervisor.Dockerfile';
const sources = [dockerfile, 'test/sandbox/attacks.c', 'sandbox/supervisor.c'];

/** Makes the image with the supervisor under test, unless these very sources were made before; returns its name. */
export async function buildSupervisorImage(docker: Docker): Promise<string> {
  const base = await ensureBaseImage(docker, console.log);
  const hash = createHash('sha256').update(base);
  for (const source of sources) hash.update(readFileSync(root + source));
  const name = `braindrill-test-supervisor:${hash.digest('hex').slice(0, 12)}`;
  if (await exists(docker, name)) return name;

  const answer = await docker.buildImage(
    { context: root, src: sources },
    { dockerfile, t: name, buildargs: { BASE: base } },
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
