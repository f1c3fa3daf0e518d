/** A count in at most four characters: 950, 1.2k, 38k, 4.1M. */
export function formatCount(count: number): string {
  if (count < 1000) return String(count);
  if (count < 999_500) return `${scale(count / 1e3)}k`;
  if (count < 999_500_000) return `${scale(count / 1e6)}M`;
  return `${scale(count / 1e9)}B`;
}

function scale(value: number): string {
  return value < 9.95 ? value.toFixed(1).replace(/\.0$/, "") : String(Math.round(value));
}
