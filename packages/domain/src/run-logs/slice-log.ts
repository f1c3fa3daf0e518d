/** Text of a log and where in the log it starts, in bytes. */
export interface LogText {
  offset: number;
  content: string;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { fatal: false, ignoreBOM: true });

/** The most bytes that a character takes. */
export const longestCharacter = 4;

export const byteLength = (text: string) => encoder.encode(text).byteLength;

/**
 * The part of a stored piece that starts at `offset` and is at most `limitBytes` long: from the start of the character
 * there, to the end of the last whole one.
 */
export function sliceLog(bytes: Uint8Array, start: number, offset: number, limitBytes: number): LogText {
  const from = characterStart(bytes, Math.min(Math.max(offset - start, 0), bytes.byteLength));
  const to = characterStart(bytes, Math.min(from + limitBytes, bytes.byteLength));
  return { offset: start + from, content: decoder.decode(bytes.subarray(from, to)) };
}

/** Where the character begins that this byte belongs to. */
function characterStart(bytes: Uint8Array, at: number): number {
  let start = at;
  while (start > 0 && isContinuation(bytes[start])) start--;
  return start;
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;
