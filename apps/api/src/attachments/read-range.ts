export interface ByteRange {
  offset: number;
  length: number;
}

/** One range of bytes, as `Range` asks for it; null for all of them, also when several ranges are asked for. */
export function readRange(header: string | null, size: number): ByteRange | "unsatisfiable" | null {
  const [, from = "", to = ""] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? "") ?? [];
  if (from === "" && to === "") return null;
  if (from === "") {
    const length = Math.min(Number(to), size);
    return length === 0 ? "unsatisfiable" : { offset: size - length, length };
  }
  const offset = Number(from);
  const end = to === "" ? size - 1 : Math.min(Number(to), size - 1);
  if (offset >= size) return "unsatisfiable";
  return end < offset ? null : { offset, length: end - offset + 1 };
}
