// HTTP as bytes: requests that no client library would send, and the answers that come back.
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { KEY, service } from './service.js';

export type RawAnswer = { status: number; headers: Map<string, string>; body: string };

export type RawConnection = {
  socket: Socket;
  /** All that came. */
  received(): string;
  /** Resolves when the other side has closed, however. */
  closed: Promise<void>;
  /** Resolves with the answers so far when `count` have come, or the other side has closed. */
  answers(count?: number): Promise<RawAnswer[]>;
};

/** Opens a connection to the API; what is written to it goes out as it is. */
export async function openRaw(): Promise<RawConnection> {
  const { hostname, port } = new URL(service.apiUrl);
  const socket = connect({ host: hostname, port: Number(port), allowHalfOpen: true });
  const chunks: Buffer[] = [];
  let isClosed = false;
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('error', () => {});
  const closed = new Promise<void>((resolve) => {
    const onClosed = () => {
      isClosed = true;
      socket.destroy();
      resolve();
    };
    socket.once('end', onClosed).once('close', onClosed);
  });
  const connected = new Promise((resolve) => socket.once('connect', resolve));
  await Promise.race([connected, closed]);
  const received = () => Buffer.concat(chunks).toString('latin1');
  return {
    socket,
    received,
    closed,
    async answers(count = Number.POSITIVE_INFINITY) {
      for (;;) {
        const answers = parseAnswers(received());
        if (isClosed || answers.length >= count) return answers;
        await Promise.race([sleep(20), closed]);
      }
    },
  };
}

/** Sends these bytes over a connection of their own, and answers with what came back: `count` answers, or all until it was closed. */
export async function sendRaw(bytes: string | Buffer, count?: number): Promise<RawAnswer[]> {
  const connection = await openRaw();
  connection.socket.write(bytes);
  try {
    return await connection.answers(count);
  } finally {
    connection.socket.destroy();
  }
}

/** A request's head, of lines, with its empty line. */
export const head = (...lines: string[]) => `${lines.join('\r\n')}\r\n\r\n`;

export const HOST = 'Host: localhost';
export const HELLO = head('GET /health HTTP/1.1', HOST);
/** The head of a request with a key. */
export const post = (path: string, key: string, ...lines: string[]) =>
  head(`POST ${path} HTTP/1.1`, HOST, `X-API-Key: ${key}`, ...lines);
/** A call that waits for its program. */
export const run = (code: string, key = KEY) =>
  post('/lang/python', key, `Content-Length: ${code.length}`) + code;
/** Does something `count` times at once. */
export const times = <T>(count: number, make: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => make(n)));

/** Whole answers, as their headers divide them. */
function parseAnswers(text: string): RawAnswer[] {
  const answers: RawAnswer[] = [];
  for (let at = 0; ; ) {
    const end = text.indexOf('\r\n\r\n', at);
    if (end < 0) return answers;
    const [first = '', ...lines] = text.slice(at, end).split('\r\n');
    const headers = new Map(
      lines.map((line) => {
        const colon = line.indexOf(':');
        return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()] as const;
      }),
    );
    const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1]);
    at = endOfBody(text, end + 4, status, headers);
    if (at > text.length) return answers;
    if (status !== 100) answers.push({ status, headers, body: text.slice(end + 4, at) });
  }
}

function endOfBody(text: string, start: number, status: number, headers: Map<string, string>): number {
  if (status === 100) return start;
  if (headers.get('transfer-encoding') !== 'chunked')
    return start + Number(headers.get('content-length') ?? 0);
  const end = text.indexOf('0\r\n\r\n', start);
  return end < 0 ? Number.POSITIVE_INFINITY : end + 5;
}
