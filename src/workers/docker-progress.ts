// Docker tells of a build or a pull in lines of JSON, and answers 200 before it begins: how it went is in the last lines.
// dockerode's own reader takes errors for success, and lets a line that is no JSON end the process.
import { StringDecoder } from 'node:string_decoder';

const MAX_LINE_BYTES = 1024 * 1024;
const KEPT_LINES = 15;

/** What this module reads of a line. */
type Message = {
  stream?: string;
  status?: string;
  error?: string;
  errorDetail?: { code?: number };
  aux?: { ID?: string };
};

/** A build, pull or import did not end well; the message has its last lines. */
export class BuildFailed extends Error {
  override name = 'BuildFailed';
  constructor(
    message: string,
    /** Of the build's step that failed. */
    readonly exitCode: number | undefined,
  ) {
    super(message);
  }
}

/**
 * Reads a build's, pull's or import's output to its end and answers with the id of the image that was built, if any.
 * @param onProgress called for each line, so that the caller knows it is alive; with its text, if it has one
 * @throws BuildFailed with the last lines when Docker tells of an error
 */
export async function readDockerProgress(
  stream: AsyncIterable<Buffer | string>,
  onProgress: (text: string) => void = () => {},
): Promise<string | undefined> {
  let lines: string[] = [];
  let imageId: string | undefined;
  for await (const line of splitLines(stream)) {
    const message = parseMessage(line);
    const text = (message.stream ?? message.status ?? '').trimEnd();
    onProgress(text);
    if (text) lines = [...lines, text].slice(-KEPT_LINES);
    if (message.error) throw new BuildFailed([message.error, ...lines].join('\n'), message.errorDetail?.code);
    imageId = message.aux?.ID ?? imageId;
  }
  return imageId;
}

async function* splitLines(stream: AsyncIterable<Buffer | string>): AsyncGenerator<string> {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  for await (const chunk of stream) {
    rest += typeof chunk === 'string' ? chunk : decoder.write(chunk);
    const lines = rest.split('\n');
    rest = lines.pop() ?? '';
    if (rest.length > MAX_LINE_BYTES) throw new Error('Docker sent a line without end');
    yield* lines;
  }
  if (rest) yield rest;
}

function parseMessage(line: string): Message {
  try {
    const message: unknown = JSON.parse(line);
    return typeof message === 'object' && message !== null ? message : {};
  } catch {
    return { stream: line };
  }
}
