// Entry of `npm run sbom -- LANGUAGE`: prints the bill of materials that lies in a language's image.
import { loadConfig } from './config.js';
import { configuredLanguages, findLanguage } from './languages.js';
import { runEntry } from './run-entry.js';
import { connectDocker } from './workers/docker-engine.js';
import { readSbom } from './workers/sbom.js';

async function run(): Promise<void> {
  const languages = configuredLanguages(loadConfig());
  const [name = ''] = process.argv.slice(2);
  const language = findLanguage(languages, name);
  if (!language) {
    throw new Error(`usage: npm run sbom -- LANGUAGE, one of ${languages.map(({ id }) => id).join(', ')}`);
  }
  process.stdout.write(await readSbom(connectDocker(), language));
}

runEntry(run);
