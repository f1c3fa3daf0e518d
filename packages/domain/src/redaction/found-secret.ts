/** A secret in a text, by the places of its characters. */
export interface FoundSecret {
  /** Where what shows that it is one begins: the word before it, or the secret itself. */
  start: number;
  /** Where the secret itself begins. */
  from: number;
  to: number;
}

/** What a pattern finds; its first group stays, its second is the secret. */
export function findAll(text: string, pattern: RegExp): FoundSecret[] {
  return Array.from(text.matchAll(pattern), ({ index, 0: all, 1: kept = "" }) => ({
    start: index,
    from: index + kept.length,
    to: index + all.length,
  }));
}

/** Where a pattern, which ends with the text, begins in the last part of it; -1 when it doesn't match. */
export function findOpen(text: string, longest: number, pattern: RegExp): number {
  const start = tailStart(text, longest);
  const at = text.slice(start).search(pattern);
  return at === -1 ? -1 : start + at;
}

/** Where the last part of a text starts that is at most this long, not between the halves of a character. */
export function tailStart(text: string, longest: number): number {
  const start = Math.max(0, text.length - longest);
  const isInside = start > 0 && /[\udc00-\udfff]/.test(text.charAt(start));
  return isInside ? start + 1 : start;
}

/** A pattern for every beginning of a word, the word itself included: `a(?:b(?:c)?)?`. */
export function beginningsOf(word: string): string {
  const [first = "", ...rest] = [...word];
  return first + rest.reduceRight((inner, letter) => `(?:${letter}${inner})?`, "");
}
