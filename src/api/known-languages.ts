// The languages of this service, as its runners' workers tell of them, and those that its operator could add.
import type { CodeRules } from '../code-rules.js';
import { howToAdd, type Language } from '../languages.js';
import { parseIdentity } from '../runner-identity.js';
import { runQueue } from '../temporal-names.js';
import type { KnownLanguage } from './language-schemas.js';
import type { LiveWorker } from './live-workers.js';

/** Reads the service's languages, then those that it has not. It rejects when Temporal does not answer in time. */
export function createLanguagesReader(
  readWorkers: () => Promise<LiveWorker[]>,
  { languages: served, absent = [], dependencies }: CodeRules,
) {
  return async (): Promise<KnownLanguage[]> => {
    const workers = await readWorkers();
    const known = [
      ...served.map((language) => toKnown(language, workers)),
      ...absent.map((language) => ({ ...describe(language), note: howToAdd(language, served) })),
    ];
    return dependencies ? known : known.map((language) => ({ ...language, manifests: [] }));
  };
}

function toKnown(language: Language, workers: readonly LiveWorker[]): KnownLanguage {
  const identities = workers.flatMap(({ identity, queue }) => ({ queue, known: parseIdentity(identity) }));
  const processes = identities.flatMap(({ queue, known }) =>
    known?.role === 'runner' && queue === runQueue(language.id) ? known.process : [],
  );
  if (processes.length === 0) {
    return { ...describe(language), note: 'No runner takes its jobs now: GET /ready as JSON says why.' };
  }
  // A runner's host worker tells of its languages.
  const proven = identities.flatMap(({ known }) => {
    const { process = '', languages } = known ?? {};
    const version = languages?.versions[language.id];
    return processes.includes(process) && version !== undefined
      ? { version, libraries: languages?.libraries[language.id] ?? [], testedAt: languages?.testedAt ?? '' }
      : [];
  });
  // A runner that has other ones tells of other ones.
  const sameLibraries = proven.filter(({ libraries }) => libraries.length === language.libraries.length);
  return {
    ...describe(language),
    available: true,
    version: joinDistinct(proven.map(({ version }) => version)),
    libraries: language.libraries.map(({ name }, index) => ({
      name,
      version: joinDistinct(sameLibraries.map(({ libraries }) => libraries[index] ?? '')),
    })),
    tested_at:
      proven
        .map(({ testedAt }) => testedAt)
        .sort()
        .at(-1) ?? null,
  };
}

function joinDistinct(versions: readonly string[]): string | null {
  const distinct = new Set(versions.filter((version) => version !== ''));
  return distinct.size > 0 ? [...distinct].sort().join(', ') : null;
}

/** What is known without a runner. */
function describe({
  id,
  name,
  aliases,
  file,
  compile,
  limits,
  libraries,
  dependencies,
}: Language): KnownLanguage {
  return {
    ...{ id, name, aliases, file, compiled: compile !== undefined },
    ...{ available: false, version: null, tested_at: null, note: null },
    libraries: libraries.map(({ name }) => ({ name, version: null })),
    manifests: dependencies?.manifests ?? [],
    limits: {
      cpus: limits.cpus,
      memory_bytes: limits.memoryBytes,
      time_limit_ms: limits.timeLimitMs,
      compile_time_limit_ms: compile === undefined ? null : limits.compileTimeLimitMs,
      output_bytes: limits.outputBytes,
      processes: limits.processes,
      open_files: limits.openFiles,
    },
  };
}
