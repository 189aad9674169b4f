// The bill of materials of a language's image. It lies in the image, so that whoever has the one has the other.
import { spawn } from 'node:child_process';
import { text } from 'node:stream/consumers';
import type Docker from 'dockerode';
import type { Language } from '../languages.js';
import { BASE, imageName } from './image-recipe.js';
import type { InstalledPackage } from './needed-packages.js';
import type { PinnedPackage } from './pinned-packages.js';

/** Its name in the build and in the image's root. */
export const SBOM_FILE = 'sbom.cdx.json';

const READ_LIMIT_MS = 60_000;

/** CycloneDX 1.6 in JSON. The same packages give the same text. */
export function toSbom(
  { id, name, libraries }: Pick<Language, 'id' | 'name' | 'libraries'>,
  version: string,
  packages: readonly InstalledPackage[],
  pinned: readonly PinnedPackage[],
  versionsOfLibraries: readonly string[],
): string {
  const isPinned = new Set(pinned.map(({ name }) => name));
  const others = libraries.flatMap(({ name, package: debian }, index) =>
    debian === undefined && !isPinned.has(name)
      ? [{ type: 'library', name, version: versionsOfLibraries[index] }]
      : [],
  );
  const bom = {
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: { component: { type: 'container', name: `braindrill/${id}`, version, description: name } },
    components: [
      ...packages.map(toComponent),
      ...pinned.map((one) => ({ type: 'library', ...one })),
      ...others,
    ],
  };
  return `${JSON.stringify(bom, null, 2)}\n`;
}

function toComponent({ name, version, architecture }: InstalledPackage) {
  const [encodedName, encodedVersion] = [name, version].map(encodeURIComponent);
  const purl = `pkg:deb/debian/${encodedName}@${encodedVersion}?arch=${architecture}&distro=${BASE.suite}`;
  return { type: 'library', name, version, purl };
}

/**
 * Reads it out of the language's image.
 * @throws Error when the image is not there
 */
export async function readSbom(docker: Docker, language: Language): Promise<string> {
  const abortSignal = AbortSignal.timeout(READ_LIMIT_MS);
  const container = await docker
    .createContainer({ Image: imageName(language), NetworkDisabled: true, abortSignal })
    .catch((error: { statusCode?: number }) => {
      if (error.statusCode !== 404) throw error;
      throw new Error(`${language.name} has no image here: LANGUAGES=${language.id} ./deploy.sh builds it.`);
    });
  try {
    const archive = await container.getArchive({ path: `/${SBOM_FILE}` });
    const tar = spawn('tar', ['--extract', '--to-stdout'], { stdio: ['pipe', 'pipe', 'ignore'] });
    archive.pipe(tar.stdin);
    return await text(tar.stdout);
  } finally {
    await container.remove({ force: true, v: true });
  }
}
