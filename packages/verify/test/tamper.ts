export interface Tampered {
  lines: string[];
  what: { kind: "changed" | "removed" | "added" | "duplicated" | "swapped" | "moved"; line: number };
}

/** Does one thing to one row, seal or end of an export; the same seed does the same. */
export function tamper(lines: readonly string[], seed: number): Tampered {
  const random = randomFrom(seed);
  const pick = (count: number) => Math.floor(random() * count);
  // Not the first line: what it says is said again by each seal.
  const line = 1 + pick(lines.length - 1);
  const text = lines[line] ?? "";
  switch (pick(6)) {
    case 0:
      return { lines: lines.toSpliced(line, 1), what: { kind: "removed", line } };
    case 1:
      return { lines: lines.toSpliced(line, 0, changeOne(text, pick)), what: { kind: "added", line } };
    case 2:
      return { lines: lines.toSpliced(line, 0, text), what: { kind: "duplicated", line } };
    case 3: {
      const other = line === lines.length - 1 ? line - 1 : line + 1;
      return { lines: lines.with(line, lines[other] ?? "").with(other, text), what: { kind: "swapped", line } };
    }
    case 4: {
      const without = lines.toSpliced(line, 1);
      const places = without.map((_, index) => index + 1).filter((place) => place !== line);
      return { lines: without.toSpliced(places[pick(places.length)] ?? 1, 0, text), what: { kind: "moved", line } };
    }
    default:
      return { lines: lines.with(line, changeOne(text, pick)), what: { kind: "changed", line } };
  }
}

/** Another character in the place of one, within a value: never white space, which stands in none. */
function changeOne(text: string, pick: (count: number) => number): string {
  const at = pick(text.length);
  const next = "abcdef0123456789Z_".replace(text.charAt(at), "");
  return text.slice(0, at) + next.charAt(pick(next.length)) + text.slice(at + 1);
}

/** Mulberry32. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
