/** What is kept of one text, of all the input together, and how deep. */
const limits = { textChars: 4000, allChars: 32_000, items: 100, depth: 8 };

/** The input of a tool call as a person can read it: long texts, long lists and what lies deep are cut, and say so. */
export function capInput(input: Record<string, unknown>): Record<string, unknown> {
  const capped = capObject(input, limits.depth);
  const text = JSON.stringify(capped);
  return text.length <= limits.allChars ? capped : { cut: `${whole(text.slice(0, limits.allChars))}…` };
}

function cap(value: unknown, depth: number): unknown {
  if (typeof value === "string") return capText(value);
  if (typeof value !== "object" || value === null) return value;
  if (depth === 0) return "…";
  if (!Array.isArray(value)) return capObject(value as Record<string, unknown>, depth);
  const items = value.slice(0, limits.items).map((item: unknown) => cap(item, depth - 1));
  return value.length > limits.items ? [...items, `… ${value.length - limits.items} more`] : items;
}

function capObject(value: Record<string, unknown>, depth: number): Record<string, unknown> {
  const entries = Object.entries(value).slice(0, limits.items);
  return Object.fromEntries(entries.map(([key, inner]) => [key, cap(inner, depth - 1)]));
}

function capText(text: string): string {
  if (text.length <= limits.textChars) return text;
  return `${whole(text.slice(0, limits.textChars))}… ${text.length - limits.textChars} characters more`;
}

/** A pair of surrogates is not cut in two: the database takes no half. */
const whole = (text: string) => (text.isWellFormed() ? text : text.slice(0, -1));
