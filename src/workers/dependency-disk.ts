// Images with jobs' dependencies take no more room than they may: those that were used longest ago go first, and those whose language's
// image has gone.
import { setTimeout as sleep } from 'node:timers/promises';
import type Docker from 'dockerode';
import type { ImageUses } from '../activities/dependency-images.js';

/** Label of such an image; its value is the id of the language's image below it. */
export const DEPENDENCIES_LABEL = 'braindrill.dependencies';

/** Label of what a build leaves of its first stage; its value is the name of the image that was built. */
const STAGE_LABEL = 'braindrill.resolving';

/** What a runner that was killed left of a build. */
const ABANDONED_AFTER = '30m';

const CALL_LIMIT_MS = 60_000;

const PRUNE_TRIES = 20;
const PRUNE_AGAIN_MS = 500;

/** Tag of an image whose name another one has got since. */
const UNTAGGED = '<none>:<none>';

type DependencyImage = { name: string; bytes: number; usedAt: number; orphaned: boolean };

/** Removes images until the others take at most `budgetBytes` over those of their languages. Those that jobs have stay. */
export async function makeRoom(docker: Docker, budgetBytes: number, uses: ImageUses): Promise<void> {
  const images = await listDependencyImages(docker, uses);
  let bytes = images.reduce((sum, image) => sum + image.bytes, 0);
  for (const image of images.sort((a, b) => a.usedAt - b.usedAt)) {
    if (!image.orphaned && bytes <= budgetBytes) continue;
    if ((uses.get(image.name)?.jobs ?? 0) > 0) continue;
    if (await remove(docker, image.name)) bytes -= image.bytes;
  }
}

/** Removes what the build of this image left of its first stage; without a name, what builds left that nobody waits for. */
export async function removeStages(docker: Docker, name?: string): Promise<void> {
  const label = name === undefined ? STAGE_LABEL : `${STAGE_LABEL}=${name}`;
  const until = name === undefined ? { until: [ABANDONED_AFTER] } : {};
  const filters = JSON.stringify({ dangling: ['true'], label: [label], ...until });
  for (let tries = 1; ; tries++) {
    // @types/dockerode does not know the signal.
    const options = { filters, abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) };
    try {
      await docker.pruneImages(options as unknown as Docker.PruneImagesInfo);
      return;
    } catch (error) {
      // The engine prunes for one at a time, and refuses all others.
      if ((error as { statusCode?: number }).statusCode !== 409 || tries === PRUNE_TRIES) throw error;
      await sleep(PRUNE_AGAIN_MS);
    }
  }
}

async function listDependencyImages(docker: Docker, uses: ImageUses): Promise<DependencyImage[]> {
  const images = await docker.listImages({ abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) });
  const sizes = new Map(images.map(({ Id, Size }) => [Id, Size]));
  return images.flatMap(({ Id, RepoTags, Labels, Size, Created }) => {
    const below = Labels?.[DEPENDENCIES_LABEL];
    if (below === undefined) return [];
    // Where two runners make the same at once, the first one's image loses its name.
    const name = RepoTags?.find((tag) => tag !== UNTAGGED) ?? Id;
    const belowBytes = sizes.get(below);
    return {
      name,
      bytes: Size - (belowBytes ?? 0),
      usedAt: uses.get(name)?.usedAt ?? Created * 1000,
      orphaned: belowBytes === undefined,
    };
  });
}

/** False when a container has it, or somebody removed it already. */
async function remove(docker: Docker, name: string): Promise<boolean> {
  try {
    await docker.getImage(name).remove({ abortSignal: AbortSignal.timeout(CALL_LIMIT_MS) });
    return true;
  } catch (error) {
    if ([404, 409].includes((error as { statusCode?: number }).statusCode ?? 0)) return false;
    throw error;
  }
}
