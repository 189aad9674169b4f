// Entry of `npm run doctor`: looks at this host and prints what it finds, a line each. Installs, builds and starts nothing.
import { loadConfig } from './config.js';
import { checkNode } from './doctor/check-node.js';
import { checkPayloads } from './doctor/check-payloads.js';
import { checkPorts } from './doctor/check-ports.js';
import { checkRunnerHost } from './doctor/check-runner-host.js';
import { checkTemporal } from './doctor/check-temporal.js';
import { type DoctorLine, toRow } from './doctor/doctor-line.js';
import { runEntry } from './run-entry.js';

async function run(): Promise<void> {
  const config = loadConfig();
  const lines: DoctorLine[] = [];
  for (const check of [checkNode, checkRunnerHost, checkTemporal, checkPayloads, checkPorts]) {
    const found = await check(config);
    for (const line of found) console.log(toRow(line));
    lines.push(...found);
  }
  const problems = lines.filter(({ level }) => level === 'problem').length;
  if (problems > 0) throw new Error(`${problems} ${problems === 1 ? 'problem' : 'problems'}.`);
}

runEntry(run);
