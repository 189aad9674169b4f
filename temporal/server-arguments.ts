import type { DynamicConfig } from './dynamic-config.js';

export type TemporalServerOptions = {
  executable: string;
  dbFile: string;
  /** Of the frontend (setting temporal.port). 0 takes a free one. */
  port: number;
  /** Of the Web UI (setting temporal.ui-port). 0 takes a free one. */
  uiPort: number;
  namespace: string;
  /** Gets what the server prints, appended. */
  logFile: string;
  /** Address to listen on, 127.0.0.1 unless given. */
  ip?: string;
};

/** What `temporal` is called with. */
export function toServerArguments(
  { ip, port, uiPort, dbFile, namespace }: Required<TemporalServerOptions>,
  dynamicConfig: DynamicConfig,
): string[] {
  return [
    ...['server', 'start-dev', '--ip', ip, '--port', `${port}`, '--ui-port', `${uiPort}`],
    ...['--db-filename', dbFile, '--namespace', namespace, '--log-level', 'warn'],
    // Twice the jobs a second of the default journal. A kill -9 loses nothing; only a power cut may lose the last moment.
    ...['--sqlite-pragma', 'journal_mode=wal', '--sqlite-pragma', 'synchronous=normal'],
    ...dynamicConfig.flatMap(([key, value]) => ['--dynamic-config-value', `${key}=${JSON.stringify(value)}`]),
  ];
}
