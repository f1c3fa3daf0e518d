/** Prints figures that a reader of the run wants to see; nothing is asserted by them. */
export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** Durations as a line: how many, median, 99th percentile and the longest. */
export function describeDurations(what: string, durationsMs: readonly number[]): string {
  const sorted = durationsMs.toSorted((a, b) => a - b);
  const at = (share: number) =>
    (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0).toFixed(0);
  return `${what}: ${sorted.length} calls, median ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(1)} ms`;
}
