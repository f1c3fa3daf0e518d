import { createLineReader } from "./line-reader.ts";

/** What of a program's text goes into the log, by lines: those of a part are handed over once they are whole. */
export function createLogFilter(logLine: (line: string) => string | null) {
  let kept = "";
  const lines = createLineReader((line) => {
    const text = logLine(line);
    if (text !== null) kept += `${text}\n`;
  });
  const take = (): Buffer => {
    const bytes = Buffer.from(kept);
    kept = "";
    return bytes;
  };
  return {
    push(text: string): Buffer {
      lines.push(text);
      return take();
    },
    end(): Buffer {
      lines.end();
      return take();
    },
  };
}
