// What callers are told of the files that they asked for, as far as there is room for them in a job's result.

import type { Artifact } from '../artifact.js';
import type { JobResult } from '../job.js';
import type { FoundArtifact } from './artifact-recorder.js';

/** Of a result as JSON: Temporal takes 2 MB at most. */
const RESULT_BYTES = 1.9 * 1024 * 1024;

export function addArtifacts(
  result: Omit<JobResult, 'artifacts'>,
  paths: readonly string[] | undefined,
  found: readonly FoundArtifact[],
): JobResult {
  if (paths === undefined) return { ...result, artifacts: null };
  const without = paths.map((path): Artifact => ({ path, content: null, error: 'too_large' }));
  let room = RESULT_BYTES - jsonBytes({ ...result, artifacts: without });
  const artifacts = found.map((one, at) => {
    const artifact = toArtifact(paths[at] as string, one);
    const bytes = jsonBytes(artifact) - jsonBytes(without[at]);
    if (bytes > room) return without[at] as Artifact;
    room -= bytes;
    return artifact;
  });
  return { ...result, artifacts };
}

/** Text as it is, unless as JSON that would be longer than base64. */
function toArtifact(path: string, artifact: FoundArtifact): Artifact {
  if (artifact.found !== 'file') return { path, content: null, error: artifact.found };
  const base64 = artifact.content.toString('base64');
  const text = toText(artifact.content);
  return text !== undefined && jsonBytes(text) <= jsonBytes(base64)
    ? { path, content: text, encoding: 'utf8' }
    : { path, content: base64, encoding: 'base64' };
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function toText(content: Buffer): string | undefined {
  try {
    return utf8.decode(content);
  } catch {
    return undefined;
  }
}

const jsonBytes = (value: unknown) => Buffer.byteLength(JSON.stringify(value));
