/** Keeps the end of what a program wrote. */
export function createTail(maxBytes = 64 * 1024) {
  const pieces: Buffer[] = [];
  let length = 0;
  return {
    push(bytes: Buffer): void {
      // A copy: a piece of a pool would keep all of it in memory.
      const piece = Buffer.from(bytes.subarray(-maxBytes));
      pieces.push(piece);
      length += piece.length;
      while (length - (pieces[0]?.length ?? 0) >= maxBytes) length -= pieces.shift()?.length ?? 0;
    },
    /** At most so many bytes of UTF-8, whole characters. */
    read(): string {
      const end = Buffer.concat(pieces).subarray(-maxBytes);
      let start = 0;
      if (length > maxBytes) while (start < 4 && ((end[start] ?? 0) & 0xc0) === 0x80) start += 1;
      return end.subarray(start).toString();
    },
  };
}
