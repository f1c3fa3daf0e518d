/** Keeps the end of what a program wrote, in one piece of memory however much that is. */
export function createTail(maxBytes = 64 * 1024) {
  let kept: Buffer | undefined;
  /** Where the next byte goes; once it is full, the oldest one lies there. */
  let at = 0;
  let isFull = false;
  return {
    push(bytes: Buffer): void {
      kept ??= Buffer.alloc(maxBytes);
      const last = bytes.subarray(-maxBytes);
      const fitting = last.copy(kept, at);
      last.copy(kept, 0, fitting);
      isFull ||= at + last.length >= maxBytes;
      at = (at + last.length) % maxBytes;
    },
    /** At most so many bytes of UTF-8, whole characters. */
    read(): string {
      if (!kept) return "";
      const end = isFull ? Buffer.concat([kept.subarray(at), kept.subarray(0, at)]) : kept.subarray(0, at);
      let start = 0;
      if (isFull) while (start < 4 && ((end[start] ?? 0) & 0xc0) === 0x80) start += 1;
      return end.subarray(start).toString();
    },
  };
}
