/** Splits text into lines as it comes. A line is handed over cut when it gets longer than anybody would write by will. */
export function createLineReader(onLine: (line: string) => void, maxChars = 16 * 1024 * 1024) {
  let parts: string[] = [];
  let length = 0;
  const flush = () => {
    const line = parts.join("");
    parts = [];
    length = 0;
    onLine(line.endsWith("\r") ? line.slice(0, -1) : line);
  };
  return {
    push(text: string): void {
      let from = 0;
      for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", from)) {
        parts.push(text.slice(from, at));
        flush();
        from = at + 1;
      }
      if (from === text.length) return;
      parts.push(text.slice(from));
      length += text.length - from;
      if (length > maxChars) flush();
    },
    end(): void {
      if (length > 0) flush();
    },
  };
}
