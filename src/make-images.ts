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
  const [names = '', ...words] = process.argv.slice(2);
  const rebuild = words.join(' ') === 'rebuild';
  if (words.length > 0 && !rebuild) throw usage(all);
  const languages = names === 'all' ? all : names.split(',').map((name) => named(name, all));
  const logFile = resolve(config.root, config['data-folder'], 'dockerd.log');
  const docker = await ensureDockerEngine({ logFile }, console.log);
  await ensureImages(docker, languages, console.log, { rebuild });
}

function named(name: string, all: readonly Language[]): Language {
  const language = findLanguage(all, name);
  if (language) return language;
  throw usage(all);
}

const usage = (all: readonly Language[]) =>
  new Error(`usage: npm run images -- all|LANGUAGE,... [rebuild], of ${all.map(({ id }) => id).join(', ')}`);

runEntry(run);
