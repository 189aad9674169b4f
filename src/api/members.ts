// The processes that make up the service, as the server knows them by their workers: whichever API is asked tells the same.
import { hostname } from 'node:os';
import type { Language } from '../languages.js';
import { parseIdentity, toIdentity } from '../runner-identity.js';
import { JOBS_QUEUE, runQueue } from '../temporal-names.js';
import type { LiveWorker } from './live-workers.js';
import type { Member } from './member-schemas.js';

/**
 * Reads all members, this process among them.
 * @throws Error when Temporal does not answer in time
 */
export function createMembersReader(
  readWorkers: () => Promise<LiveWorker[]>,
  languages: readonly Language[],
) {
  // The server hears of a worker a second after its start.
  const own: LiveWorker = { key: '', identity: toIdentity('api', hostname()), queue: JOBS_QUEUE };
  return async (): Promise<Member[]> => toMembers([...(await readWorkers()), own], languages);
}

/** Workers of one process are one member; a runner's languages are those of its queues. */
export function toMembers(workers: readonly LiveWorker[], languages: readonly Language[]): Member[] {
  const members = new Map<string, Member>();
  for (const { identity, queue } of workers) {
    const known = parseIdentity(identity);
    if (!known || (known.role === 'api') !== (queue === JOBS_QUEUE)) continue;
    const { role, process, name, problems, warnings } = known;
    const member = members.get(`${role} ${process}`) ?? { role, name, languages: [], problems, warnings };
    members.set(`${role} ${process}`, member);
    // Its host worker knows what is wrong, the workers of its languages do not.
    if (problems.length > 0) member.problems = problems;
    if (warnings.length > 0) member.warnings = warnings;
    const language = languages.find(({ id }) => queue === runQueue(id));
    if (language) member.languages.push(language.id);
  }
  const inOrder = languages.map(({ id }) => id);
  for (const member of members.values()) {
    member.languages.sort((a, b) => inOrder.indexOf(a) - inOrder.indexOf(b));
  }
  return [...members.values()].sort((a, b) => a.role.localeCompare(b.role) || a.name.localeCompare(b.name));
}
