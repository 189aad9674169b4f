// `npm run simulate`: the seed's load simulator. Exits with 1 when an answer was wrong.
import { runEntry } from './run-entry.js';
import { parseSimulationOptions } from './simulation/options.js';
import { simulate } from './simulation/simulate.js';

async function run(): Promise<void> {
  const options = parseSimulationOptions(process.argv.slice(2));
  const key = process.env.API_KEY || 'dev-key-12345';
  const { requests, errors } = await simulate(options, key, (line) => console.log(line));
  if (errors > 0) throw new Error(`${errors} of ${requests} answers were wrong.`);
}

runEntry(run);
