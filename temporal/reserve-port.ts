import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Answers with the port if nobody listens on it, or with a free one if it is 0.
 * @throws Error that names the port and the setting it comes from.
 */
export async function reservePort(ip: string, port: number, setting: string): Promise<number> {
  const server = createServer().listen(port, ip);
  try {
    await once(server, 'listening');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    const problem = code === 'EADDRINUSE' ? 'is in use' : `cannot be used (${code})`;
    throw new Error(
      `Port ${port} on ${ip} ${problem}: stop what uses it, or set ${setting} to another port.`,
    );
  }
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address ? address.port : port;
}
