// YAML files that people write, and where in them something is wrong.
import { readFileSync } from 'node:fs';
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';

export type Path = readonly PropertyKey[];

export type YamlFile = {
  /** Undefined when the file is empty or no YAML. */
  value: unknown;
  /** What is wrong with the YAML itself, a sentence each. */
  problems: string[];
  /** Where the value of this path stands: "application.yaml:4 (http.port)". */
  where(path: Path): string;
};

/** Reads a YAML file. A key without a value counts as absent. */
export function readYamlFile(file: string): YamlFile {
  const lineCounter = new LineCounter();
  // Pretty errors would quote the line, which may hold a secret.
  const document = parseDocument(readFileSync(file, 'utf8'), { lineCounter, prettyErrors: false });
  const lineOf = (offset: number) => `${file}:${lineCounter.linePos(offset).line}`;
  const isReadable = document.errors.every(({ code }) => code === 'DUPLICATE_KEY');
  return {
    value: isReadable ? document.toJS({ reviver: (_key, value: unknown) => value ?? undefined }) : undefined,
    // The message up to its colon: what comes after quotes the file.
    problems: document.errors.map(({ pos, message }) => `${lineOf(pos[0])}: ${message.split(':', 1)[0]}`),
    where: (path) =>
      lineOf(findOffset(document.contents, path, 0)) + (path.length > 0 ? ` (${path.join('.')})` : ''),
  };
}

/** What a schema refused, a line each, without the values. */
export function toProblems(error: z.ZodError, where: YamlFile['where']): string[] {
  return error.issues.flatMap((issue) =>
    issue.code === 'unrecognized_keys'
      ? issue.keys.map((key) => `${where([...issue.path, key])}: there is no such key`)
      : [`${where(issue.path)}: ${issue.message}`],
  );
}

/** Offset of the value's key, or of what is nearest above it. */
function findOffset(node: unknown, [first, ...rest]: Path, nearest: number): number {
  if (first === undefined) return nearest;
  if (isSeq(node)) {
    const item = node.items[Number(first)];
    return findOffset(item, rest, offsetOf(item) ?? nearest);
  }
  if (!isMap(node)) return nearest;
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(first));
  return pair ? findOffset(pair.value, rest, offsetOf(pair.key) ?? nearest) : nearest;
}

function offsetOf(node: unknown): number | undefined {
  return (node as { range?: [number, number, number] | null } | null | undefined)?.range?.[0];
}
