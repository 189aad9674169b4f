// Whether this host lets a container make cells: fresh namespaces, as an ordinary user. Where it does not, each program gets a
// container of its own.
import { type RunnerHost, runInContainer } from '../../activities/run-in-container.js';
import { finding } from '../../host-finding.js';
import type { Language } from '../../languages.js';
import type { HostCheck } from './host-check.js';

const title = 'cells';

const TRIES = 3;

/** Makes one in a container of the first of `languages` that has the engine's own runtime, and runs something small in it. */
export async function checkCells(host: RunnerHost, languages: readonly Language[]): Promise<HostCheck> {
  const language = languages.find(({ runtime }) => runtime === undefined);
  if (host.isolation === 'container') {
    return { title, fact: 'not wanted: each program gets a container of its own', findings: [] };
  }
  if (language === undefined) return { title, fact: 'not looked at: no image to make one in', findings: [] };
  try {
    await tryCell(host, language);
    return { title, fact: `can be made (${language.id})`, findings: [] };
  } catch (error) {
    const text = `Cells cannot be made here (${(error as Error).message}): each program gets a container of its own, which is slower. They need user namespaces: user.max_user_namespaces above 0, and neither AppArmor nor kernel.unprivileged_userns_clone=0 in the way.`;
    return { title, fact: 'refused by the host', findings: [finding('cells-refused', text)] };
  }
}

/** The engine may have trouble of its own; the supervisor's word is final. */
async function tryCell(host: RunnerHost, language: Language): Promise<void> {
  for (let tried = 1; ; tried++) {
    try {
      return await runInCell(host, language);
    } catch (error) {
      if (tried === TRIES || (error as Error).message.includes('cannot make a cell')) throw error;
    }
  }
}

/** @throws Error when the supervisor cannot make a cell; how the program ends is no matter. */
async function runInCell(host: RunnerHost, { compile, ready, ...language }: Language): Promise<void> {
  await runInContainer(host, {
    jobId: `${host.name}-try-cell-${language.id}`,
    attempt: 1,
    language: { ...language, run: ['/supervisor'] },
    code: '',
    owner: host.name,
    signal: new AbortController().signal,
    onStart: () => {},
  });
}
