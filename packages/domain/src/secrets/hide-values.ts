import { maskValues } from "../redaction/redact.ts";

/** The same JSON with these values masked in every text of it, keys included. */
export function hideValues<T>(json: T, values: readonly string[]): T {
  if (values.length === 0) return json;
  return hide(json, maskValues(values)) as T;
}

function hide(json: unknown, mask: (text: string) => string): unknown {
  if (typeof json === "string") return mask(json);
  if (Array.isArray(json)) return json.map((each) => hide(each, mask));
  if (typeof json !== "object" || json === null) return json;
  return Object.fromEntries(Object.entries(json).map(([key, inner]) => [mask(key), hide(inner, mask)]));
}
