/** Keeps the end of a text. */
export function createTail(maxBytes = 64 * 1024) {
  let text = "";
  return {
    push(more: string): void {
      text = more.length >= maxBytes ? more.slice(-maxBytes) : (text + more).slice(-maxBytes);
    },
    /** At most so many bytes of UTF-8, whole characters. */
    read(): string {
      const bytes = Buffer.from(text.toWellFormed());
      if (bytes.length <= maxBytes) return bytes.toString();
      let start = bytes.length - maxBytes;
      while (((bytes[start] ?? 0) & 0xc0) === 0x80) start += 1;
      return bytes.subarray(start).toString();
    },
  };
}
