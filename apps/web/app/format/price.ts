/** Cents per million tokens as dollars, with as many places as the price has: "$3", "$0.075". */
export function formatPrice(cents: number): string {
  const dollars = cents / 100;
  const text = dollars.toFixed(6).replace(/0+$/, "");
  const [whole = "0", places = ""] = text.split(".");
  return places === "" ? `$${whole}` : `$${whole}.${places.padEnd(2, "0")}`;
}

/** What a person typed as dollars, in cents; undefined when it is no price. */
export function parsePrice(typed: string): number | undefined {
  const text = typed.trim().replace(/^\$/, "");
  if (!/^\d{1,7}(\.\d{1,6})?$/.test(text)) return undefined;
  return Math.round(Number(text) * 1e8) / 1e6;
}
