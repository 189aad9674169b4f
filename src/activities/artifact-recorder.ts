// Gathers the files that a program left, of which its supervisor tells. Trusts it in nothing: there are as many as were wanted,
// each as long as was said, and none too large.
import { ARTIFACT_BYTES, ARTIFACTS_BYTES } from '../artifact.js';
import { MalformedFrame, type SupervisorFrame } from './frames.js';

type Head = Extract<SupervisorFrame, { kind: 'artifact' }>;

/** A file's bytes, or why there are none. */
export type FoundArtifact = { found: 'file'; content: Buffer } | { found: Exclude<Head['found'], 'file'> };

export type ArtifactRecorder = {
  begin(head: Head): void;
  append(data: Buffer): void;
  /** Whether nothing but more of them, or the result, may come now. */
  hasBegun(): boolean;
  /** All of them; throws MalformedFrame when some are not there, or not whole. */
  end(): FoundArtifact[];
};

export function createArtifactRecorder(wanted: number): ArtifactRecorder {
  const artifacts: FoundArtifact[] = [];
  let room = ARTIFACTS_BYTES;
  let missing = Buffer.alloc(0);

  return {
    begin({ found, bytes }) {
      if (missing.length > 0) throw new MalformedFrame('a file before the last one is whole');
      if (artifacts.length === wanted) throw new MalformedFrame(`more than ${wanted} files`);
      if (bytes > Math.min(ARTIFACT_BYTES, room)) throw new MalformedFrame(`a file of ${bytes} bytes`);
      room -= bytes;
      if (found !== 'file') return void artifacts.push({ found });
      const content = Buffer.alloc(bytes);
      artifacts.push({ found, content });
      missing = content;
    },
    append(data) {
      if (data.length > missing.length) throw new MalformedFrame('a file is longer than was said');
      data.copy(missing);
      missing = missing.subarray(data.length);
    },
    hasBegun: () => artifacts.length > 0,
    end() {
      if (artifacts.length < wanted || missing.length > 0)
        throw new MalformedFrame('a result before all files');
      return artifacts;
    },
  };
}
