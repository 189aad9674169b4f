// Entry of `npm run images -- all|LANGUAGE,...`: builds the images of languages ahead of the runner that will serve them.
import { resolve } from 'node:path';
import { loadConfig } from './config.js';
import { configuredLanguages, findLanguage, type Language } from './languages.js';
import { runEntry } from './run-entry.js';
import { ensureImages } from './workers/build-images.js';
import { ensureDockerEngine } from './workers/docker-engine.js';

async function run(): Promise<void> {
  const config = loadConfig();
  const all = configuredLanguages(config);
  const [names = '', rebuild] = process.argv.slice(2);
  const languages = names === 'all' ? all : names.split(',').map((name) => named(name, all));
  const logFile = resolve(config.root, config['data-folder'], 'dockerd.log');
  const docker = await ensureDockerEngine({ logFile }, console.log);
  await ensureImages(docker, languages, console.log, { rebuild: rebuild === 'rebuild' });
}

function named(name: string, all: readonly Language[]): Language {
  const language = findLanguage(all, name);
  if (language) return language;
  throw new Error(
    `usage: npm run images -- all|LANGUAGE,... [rebuild], of ${all.map(({ id }) => id).join(', ')}`,
  );
}

runEntry(run);
