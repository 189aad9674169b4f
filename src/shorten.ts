/** What a caller sent, for a text that tells what was wrong with it: a long one is cut. */
export function shorten(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}

const LONGEST = 200;
