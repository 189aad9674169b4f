// Manifests of one statement a line, with comments behind #.
import { shorten } from '../shorten.js';

const MAX_LINE_CHARS = 1_000;

/**
 * What `toValue` makes of each statement.
 * @throws Error that names the line
 */
export function mapStatements<Value>(text: string, toValue: (statement: string) => Value): Value[] {
  const lines = text.replace(/^\uFEFF/, '').split(/\r\n|\r|\n/);
  return lines.flatMap((line, index) => {
    const statement = line.replace(/(^|\s)#.*$/, '').trim();
    if (statement === '') return [];
    try {
      if (statement.length > MAX_LINE_CHARS) throw new Error(`has more than ${MAX_LINE_CHARS} characters`);
      return [toValue(statement)];
    } catch (error) {
      throw new Error(`line ${index + 1}: ${(error as Error).message}: ${shorten(statement)}`);
    }
  });
}
