// Entry of ./deploy.sh: sets up, starts everything, shows that it works, and stops it all on Ctrl-C.

import { loadConfig } from './config.js';
import { printHelloTable } from './hello-table.js';
import type { Language } from './languages.js';
import { createLog } from './log.js';
import { openPayloads } from './payloads/payloads.js';
import { runEntry } from './run-entry.js';
import { setUp } from './set-up.js';
import { startService } from './start-service.js';
import { untilStopped } from './until-stopped.js';

async function run(): Promise<void> {
  const report = (line: string) => console.log(line);
  const stopped = untilStopped();
  const config = loadConfig();
  const { languages, docker, temporalExecutable } = await setUp(config, report, {
    rebuild: process.argv.includes('rebuild'),
  });
  const service = await startService({ config, environment: process.env, temporalExecutable, report });
  try {
    const { namespace } = config.temporal;
    const { dataConverter } = await openPayloads(config, createLog('deploy', config.log.level));
    const temporal = { namespace, dataConverter };
    if (docker) await printHelloTable(service.temporalAddress, temporal, languages, docker);
    if (service.apiUrl) {
      report(`\nListening on ${service.apiUrl}. Try:\n`);
      const [path, data] = exampleProgram(languages);
      report(`  curl -X POST ${service.apiUrl}/lang/${path} -H "X-API-Key: ${exampleKey(config)}" ${data}\n`);
    }
    if (service.webUrl) report(`Temporal's Web UI: ${service.webUrl}`);
    report(`Logs: ${config['data-folder']}/*.log. Ctrl-C stops everything.`);
    await stopped;
    report('\nStopping: what runs may end first, at most 30 s');
  } finally {
    await service.stop();
  }
  report('Stopped.');
}

/** Words of a command line that runs a program, in Python where that is served. */
function exampleProgram(languages: readonly Language[]): [path: string, data: string] {
  const [first] = languages;
  if (first === undefined || languages.some(({ id }) => id === 'python'))
    return ['python', `-d "print('Hello World')"`];
  return [first.id, `--data-binary '${first.hello.trim().replaceAll("'", "'\\''")}'`];
}

/** Real keys are not printed. */
function exampleKey({ security }: ReturnType<typeof loadConfig>): string {
  return security['api-keys'] || security['key-file'] ? '<your key>' : 'dev-key-12345';
}

runEntry(run);
