// The HTTP server in front of the app. It bounds what a client can hold or stretch before there is a request to judge:
// connections, headers, the time to send and to take, requests at once on one connection. What it refuses gets a plain 4xx.
import {
  createServer,
  type OutgoingHttpHeaders,
  type RequestListener,
  type Server,
  type ServerResponse,
  STATUS_CODES,
} from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Logger } from 'pino';
import { dropStalledReaders } from './drop-stalled-readers.js';

export type HttpServerOptions = {
  /** Open connections; more are closed as they come. */
  maxConnections: number;
  log: Logger;
};

const LIMITS = {
  /** From a request's first byte to the end of its headers, and of its body. */
  headersTimeout: 10_000,
  requestTimeout: 30_000,
  /** How often these two are looked at. */
  connectionsCheckingInterval: 1_000,
  /** How long a connection may be idle between requests. */
  keepAliveTimeout: 5_000,
  /** Request line and headers together. */
  maxHeaderSize: 16_384,
};

/** Requests of one connection over its life. */
const MAX_REQUESTS_PER_SOCKET = 10_000;

/** Requests of one connection that are not answered yet: answers keep their order, so they wait in our memory. */
const MAX_PIPELINED = 8;

/** How long what a refused client still sends is thrown away: closed at once, it might not see the answer. */
const LINGER_MS = 1_000;

/** Creates the server; it does not listen yet. */
export function createHttpServer(app: RequestListener, { maxConnections, log }: HttpServerOptions): Server {
  const unanswered = new WeakMap<Socket, Set<ServerResponse>>();
  const server = createServer(LIMITS, (request, response) => {
    const open = unanswered.get(request.socket);
    open?.add(response);
    response.once('close', () => open?.delete(response));
    if (request.httpVersionMajor === 0) return refuse(response, 400, 'HTTP/0.9 is not spoken here');
    if (open && open.size > MAX_PIPELINED) {
      const text = `More than ${MAX_PIPELINED} requests at once on one connection`;
      return refuse(response, 429, text, { 'Retry-After': '1' });
    }
    app(request, response);
  });
  server.maxConnections = maxConnections;
  server.maxRequestsPerSocket = MAX_REQUESTS_PER_SOCKET;
  // Their bytes are limited. A limit on their number would drop the rest without a word.
  server.maxHeadersCount = 0;
  server.on('connection', (socket) => {
    const open = new Set<ServerResponse>();
    unanswered.set(socket, open);
    socket.once('close', () => {
      // Node tells only the answer whose turn it is that its client is gone.
      for (const response of open) if (response.socket === null) response.emit('close');
    });
  });
  server.on('connect', (_request, socket) => {
    // Node has taken its own listeners away: without one an error here would end the process.
    socket.on('error', () => {});
    part(
      socket,
      toAnswer(405, 'HTTP method not allowed, supported methods: GET, POST', ['Allow: GET, POST']),
    );
  });
  answerMalformed(server, (socket) => mayAnswer([...(unanswered.get(socket) ?? [])]));
  dropStalledReaders(server);
  tellOfDropped(server, log);
  return server;
}

function refuse(
  response: ServerResponse,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
    'X-Content-Type-Options': 'nosniff',
    Connection: 'close',
    ...headers,
  });
  response.end(text);
}

/** What Node's parser and clocks refuse, by the code of their error. Everything else is no HTTP. */
const REFUSALS: Record<string, [status: number, text: string]> = {
  HPE_HEADER_OVERFLOW: [431, `Request line and headers exceed maximum of ${LIMITS.maxHeaderSize} bytes`],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: [413, 'Chunk extensions are too large'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'The request did not come in time'],
};

/** Whether what is malformed is the only request under way: else an answer would be taken for that to another one. */
function mayAnswer([response, ...others]: ServerResponse[]): boolean {
  return response === undefined || (others.length === 0 && !response.req.complete && !response.headersSent);
}

function answerMalformed(server: Server, mayAnswer: (socket: Socket) => boolean): void {
  const refused = new WeakSet<Socket>();
  server.on('clientError', (error: NodeJS.ErrnoException, socket: Socket) => {
    // Of one that was refused whatever else comes is thrown away.
    if (refused.has(socket)) return;
    if (!socket.writable || !mayAnswer(socket)) return void socket.destroy();
    refused.add(socket);
    const [status, text] = REFUSALS[error.code ?? ''] ?? [400, 'The request is not valid HTTP'];
    part(socket, toAnswer(status, text));
  });
}

function part(socket: Duplex, answer: string): void {
  socket.end(answer);
  socket.resume();
  setTimeout(() => socket.destroy(), LINGER_MS).unref();
}

function toAnswer(status: number, text: string, headers: string[] = []): string {
  const lines = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Connection: close',
    'Content-Type: text/plain; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(text)}`,
    'X-Content-Type-Options: nosniff',
    ...headers,
  ];
  return `${lines.join('\r\n')}\r\n\r\n${text}`;
}

/** Whoever is closed as it comes gets no answer: the log tells the operator, once a minute at most. */
function tellOfDropped(server: Server, log: Logger): void {
  let toldAt = Number.NEGATIVE_INFINITY;
  server.on('drop', () => {
    if (Date.now() - toldAt < 60_000) return;
    toldAt = Date.now();
    log.warn(
      { maxConnections: server.maxConnections },
      'connections are refused: http.max-connections are open',
    );
  });
}
