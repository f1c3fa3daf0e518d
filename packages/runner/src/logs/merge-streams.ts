import { isUtf8 } from "node:buffer";

/** What one program writes to two streams, as one text in which lines of the one never lie within lines of the other. */
export interface StreamMerger {
  push(stream: StreamName, bytes: Uint8Array): Buffer;
  /** What waits for the end of its line, when none comes. */
  flush(): Buffer;
}
export type StreamName = "stdout" | "stderr";

/** A longer line is passed on in pieces. */
const maxHeldBytes = 1024 * 1024;
const newline = 0x0a;
const nothing = Buffer.alloc(0);

/**
 * Takes bytes as a program wrote them, broken UTF-8 and all, and makes text of it that can be stored: what is no character
 * becomes U+FFFD, and so does NUL. What is right already is passed on as it is, without becoming a string on the way.
 */
export function createStreamMerger(): StreamMerger {
  const held: Record<StreamName, Buffer[]> = { stdout: [], stderr: [] };
  const sizes: Record<StreamName, number> = { stdout: 0, stderr: 0 };
  /** Whose unfinished line was passed on last. */
  let midLine: StreamName | null = null;
  const hold = (stream: StreamName, bytes: Buffer) => {
    if (bytes.length === 0) return;
    held[stream].push(bytes);
    sizes[stream] += bytes.length;
  };
  const take = (stream: StreamName) => {
    const bytes = held[stream].length === 1 ? (held[stream][0] ?? nothing) : Buffer.concat(held[stream]);
    held[stream] = [];
    sizes[stream] = 0;
    return bytes;
  };
  const pass = (stream: StreamName, bytes: Buffer) => {
    if (bytes.length === 0) return nothing;
    const needsGap = midLine !== null && midLine !== stream;
    midLine = bytes.at(-1) === newline ? null : stream;
    const text = makeStorable(bytes);
    return needsGap ? Buffer.concat([Buffer.from([newline]), text]) : text;
  };
  /** All of a stream that may go: its whole lines, or everything when it is too much to hold. */
  const passReady = (stream: StreamName) => {
    const isBlocked = midLine !== null && midLine !== stream;
    const isTooMuch = sizes[stream] > maxHeldBytes;
    if (isBlocked && !isTooMuch) return nothing;
    const bytes = take(stream);
    const end = isTooMuch ? wholeCharacters(bytes, bytes.length) : bytes.lastIndexOf(newline) + 1;
    hold(stream, bytes.subarray(end));
    return pass(stream, bytes.subarray(0, end));
  };
  return {
    push(stream, bytes) {
      hold(stream, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength));
      const hasLine = bytes.includes(newline) || sizes[stream] > maxHeldBytes;
      const own = hasLine ? passReady(stream) : nothing;
      // The line that others waited for may be over.
      const other = stream === "stdout" ? "stderr" : "stdout";
      const rest = hasLine && midLine === null ? passReady(other) : nothing;
      return rest.length === 0 ? own : Buffer.concat([own, rest]);
    },
    flush() {
      const streams: StreamName[] = midLine === "stderr" ? ["stderr", "stdout"] : ["stdout", "stderr"];
      return Buffer.concat(
        streams.map((stream) => {
          const bytes = take(stream);
          const end = wholeCharacters(bytes, bytes.length);
          const passed = pass(stream, bytes.subarray(0, end));
          hold(stream, bytes.subarray(end));
          return passed;
        }),
      );
    },
  };
}

function makeStorable(bytes: Buffer): Buffer {
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes;
  return Buffer.from(new TextDecoder("utf-8", { ignoreBOM: true }).decode(bytes).replaceAll("\u0000", "\ufffd"));
}

/** How many of the first bytes make whole characters; what can't begin one counts as whole. */
export function wholeCharacters(bytes: Uint8Array, length: number): number {
  let start = length - 1;
  while (start > 0 && start > length - 4 && ((bytes[start] ?? 0) & 0xc0) === 0x80) start -= 1;
  const lead = bytes[start] ?? 0;
  const size = lead >= 0xf8 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc0 ? 2 : 1;
  return start >= 0 && start + size > length ? start : length;
}
