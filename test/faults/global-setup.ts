// Makes what the services under test need by the same steps as ./deploy.sh; each test starts its own.
import type { TestProject } from 'vitest/node';
import { loadConfig } from '../../src/config.js';
import { setUp } from '../../src/set-up.js';
import { imageName } from '../../src/workers/build-images.js';

declare module 'vitest' {
  interface ProvidedContext {
    temporalExecutable: string;
    images: string[];
  }
}

export const LANGUAGES = 'python,perl';

export default async function setUpFaults({ provide }: TestProject): Promise<void> {
  const { languages, temporalExecutable } = await setUp(loadConfig({ LANGUAGES }), (line) =>
    console.log(line),
  );
  provide('temporalExecutable', temporalExecutable as string);
  provide('images', languages.map(imageName));
}
