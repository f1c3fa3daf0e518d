const short = [
  { from: 1e9, suffix: "B" },
  { from: 1e6, suffix: "M" },
  { from: 1e4, suffix: "k" },
] as const;

/** Cents as dollars: cents under $100, whole dollars above, short from ten thousand. */
export function formatMoney(cents: number): string {
  const sign = cents < 0 ? "-" : "";
  const dollars = Math.abs(cents) / 100;
  if (dollars === 0) return "$0.00";
  if (dollars < 0.005) return `${sign}<$0.01`;
  // 99.996 would read "$100.00", which is longer than what stands above it.
  if (dollars < 99.995) return `${sign}$${dollars.toFixed(2)}`;
  const whole = Math.round(dollars);
  for (const { from, suffix } of short) {
    if (whole < from) continue;
    const scaled = whole / (suffix === "k" ? 1e3 : from);
    return `${sign}$${trimZero(scaled.toFixed(scaled < 100 ? 1 : 0))}${suffix}`;
  }
  return `${sign}$${whole.toLocaleString("en-US")}`;
}

function trimZero(text: string): string {
  return text.endsWith(".0") ? text.slice(0, -2) : text;
}

/** Cents for a money field: "12.50", or nothing when there is no amount. */
export function moneyInputValue(cents: number | null | undefined): string {
  if (cents === null || cents === undefined) return "";
  const dollars = cents / 100;
  return Number.isInteger(dollars) ? String(dollars) : dollars.toFixed(2);
}

/** What a person typed as dollars, in cents: null when left empty, undefined when it is not an amount. */
export function parseMoney(typed: string): number | null | undefined {
  const text = typed.trim().replace(/^\$/, "").replaceAll(",", "");
  if (text === "") return null;
  if (!/^\d{1,10}(\.\d{0,2})?$/.test(text)) return undefined;
  return Math.round(Number(text) * 100);
}
