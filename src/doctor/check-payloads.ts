import type { Config } from '../config.js';
import { openStore } from '../payloads/payloads.js';
import type { DoctorLine } from './doctor-line.js';

/** Small, the same each time, and swept as any other. */
const PROBE = Buffer.from('npm run doctor');

/** The bucket of large payloads: it takes one, gives it back and can be listed. A folder is made when the service starts. */
export async function checkPayloads(config: Config): Promise<DoctorLine[]> {
  const { bucket } = config.payloads;
  if (bucket === undefined) return [];
  const title = 'payloads';
  try {
    const store = await openStore(config);
    await store.get(await store.put(PROBE));
    // Nothing is so old: this only lists.
    await store.sweep(Number.POSITIVE_INFINITY);
    return [{ level: 'ok', title, text: `${bucket} takes payloads and gives them back` }];
  } catch (error) {
    const text = `Large jobs cannot be kept: ${(error as Error).message}.`;
    return [{ level: 'problem', title, text: text.replaceAll(/\s*\n\s*/g, ' ') }];
  }
}
