import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { createHolderlessSlots } from '../activities/holderless-slots.js';
import type { Config } from '../config.js';
import { createLog } from '../log.js';
import { checkHost } from '../workers/check-host.js';
import { connectDocker } from '../workers/docker-engine.js';
import type { HostCheck } from '../workers/host-checks/host-check.js';
import { createRunnerHost } from '../workers/runner-host.js';
import { runnerLanguages } from '../workers/runner-languages.js';
import type { DoctorLine } from './doctor-line.js';

/** What a runner would find here. It disturbs none that runs: its one container has another name. */
export async function checkRunnerHost(config: Config): Promise<DoctorLine[]> {
  if (config.role === 'api') return [{ level: 'ok', title: 'engine', text: 'not needed with ROLE=api' }];
  const host = createRunnerHost({
    config,
    name: `doctor-${process.pid}`,
    docker: connectDocker(),
    languages: runnerLanguages(config),
    createSlots: createHolderlessSlots,
    log: createLog('doctor', 'silent'),
  });
  const data = resolve(config.root, config['data-folder']);
  const checks = await checkHost(host, {
    dataFolder: existsSync(data) ? data : config.root,
    dependencies: config.dependencies.enabled,
  });
  await Promise.all(host.cleanUps);
  return checks.flatMap(toLines);
}

function toLines({ title, fact, findings }: HostCheck): DoctorLine[] {
  if (findings.length === 0) return [{ level: 'ok', title, text: fact }];
  return findings.map(({ severity, text }) => ({ level: severity, title, text }));
}
