import { wholeCharacters } from "./merge-streams.ts";

const quote = 0x22;
const backslash = 0x5c;
const short = new Map([
  [0x08, "\\b"],
  [0x09, "\\t"],
  [0x0a, "\\n"],
  [0x0c, "\\f"],
  [0x0d, "\\r"],
  [quote, '\\"'],
  [backslash, "\\\\"],
]);
/** How each byte that can't stand in a JSON string is written; null for the others. */
const escapes = Array.from({ length: 256 }, (_, byte) => {
  const written = short.get(byte) ?? (byte < 0x20 ? `\\u${byte.toString(16).padStart(4, "0")}` : null);
  return written === null ? null : Buffer.from(written);
});

/**
 * Writes UTF-8 as the inside of a JSON string, as many whole characters as fit, and makes no string of it on the way.
 * @returns how many bytes of the text were written, and where the next byte goes
 */
export function writeJsonText(text: Buffer, target: Buffer, start: number): { read: number; end: number } {
  let end = start;
  for (let read = 0; read < text.length; read += 1) {
    const byte = text[read] ?? 0;
    const escaped = escapes[byte];
    if (end + (escaped?.length ?? 1) > target.length) {
      const whole = wholeCharacters(text, read);
      return { read: whole, end: end - (read - whole) };
    }
    if (escaped) end += escaped.copy(target, end);
    else {
      target[end] = byte;
      end += 1;
    }
  }
  return { read: text.length, end };
}
