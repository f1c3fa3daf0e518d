/** What one program writes to two streams, as one text in which lines of the one never lie within lines of the other. */
export interface StreamMerger {
  push(stream: StreamName, bytes: Uint8Array): string;
  /** What waits for the end of its line, when none comes. */
  flush(): string;
}
export type StreamName = "stdout" | "stderr";

/** A longer line is passed on in pieces. */
const maxHeldChars = 1024 * 1024;

/**
 * Takes bytes as a program wrote them, broken UTF-8 and all, and makes text of it that can be stored: what is no character
 * becomes U+FFFD, and so does NUL.
 */
export function createStreamMerger(): StreamMerger {
  const held: Record<StreamName, string[]> = { stdout: [], stderr: [] };
  const sizes: Record<StreamName, number> = { stdout: 0, stderr: 0 };
  const decoders: Record<StreamName, TextDecoder> = {
    stdout: new TextDecoder("utf-8", { ignoreBOM: true }),
    stderr: new TextDecoder("utf-8", { ignoreBOM: true }),
  };
  /** Whose unfinished line was passed on last. */
  let midLine: StreamName | null = null;
  const take = (stream: StreamName) => {
    const text = held[stream].join("");
    held[stream] = [];
    sizes[stream] = 0;
    return text;
  };
  const pass = (stream: StreamName, text: string) => {
    if (text === "") return "";
    const gap = midLine !== null && midLine !== stream ? "\n" : "";
    midLine = text.endsWith("\n") ? null : stream;
    return gap + text;
  };
  return {
    push(stream, bytes) {
      const text = decoders[stream].decode(bytes, { stream: true }).replaceAll("\u0000", "\ufffd");
      const lineEnd = text.lastIndexOf("\n") + 1;
      const isBlocked = midLine !== null && midLine !== stream;
      let ready = "";
      if (lineEnd > 0 && !isBlocked) {
        ready = pass(stream, take(stream) + text.slice(0, lineEnd));
        hold(stream, text.slice(lineEnd));
      } else {
        hold(stream, text);
      }
      if (sizes[stream] > maxHeldChars) ready += pass(stream, take(stream));
      // The line that others waited for is over.
      const other = stream === "stdout" ? "stderr" : "stdout";
      if (midLine === null && isBlockedBy(held[other])) ready += passLines(other);
      return ready;
    },
    flush() {
      const streams: StreamName[] = midLine === "stderr" ? ["stderr", "stdout"] : ["stdout", "stderr"];
      return streams.map((stream) => pass(stream, take(stream))).join("");
    },
  };

  function hold(stream: StreamName, text: string): void {
    if (text === "") return;
    held[stream].push(text);
    sizes[stream] += text.length;
  }

  function passLines(stream: StreamName): string {
    const text = take(stream);
    const lineEnd = text.lastIndexOf("\n") + 1;
    hold(stream, text.slice(lineEnd));
    return pass(stream, text.slice(0, lineEnd));
  }
}

const isBlockedBy = (parts: readonly string[]): boolean => parts.some((part) => part.includes("\n"));
