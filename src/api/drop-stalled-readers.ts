// An answer that its client does not take stays in our memory: Node has time limits for sending to us, none for this.
import type { Server } from 'node:http';
import type { Socket } from 'node:net';

/** How long a connection may have bytes that its client has not taken, without a moment in which all were. */
const ANSWER_MS = 30_000;

const CHECK_MS = 5_000;

/** Closes connections whose clients read too slowly, or nothing, until the server is closed. */
export function dropStalledReaders(server: Server): void {
  const sockets = new Map<Socket, { since: number }>();
  server.on('connection', (socket) => {
    sockets.set(socket, { since: Date.now() });
    socket.once('close', () => sockets.delete(socket));
  });
  const timer = setInterval(() => {
    const now = Date.now();
    for (const [socket, waiting] of sockets) {
      if (socket.writableLength === 0) waiting.since = now;
      else if (now - waiting.since > ANSWER_MS) socket.destroy();
    }
  }, CHECK_MS).unref();
  server.once('close', () => clearInterval(timer));
}
