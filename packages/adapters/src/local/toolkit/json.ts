/** What a program printed. It may have been told to print anything: nothing in it is believed before it was looked at. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A line that holds one JSON object; null for anything else, also for JSON that is nested too deeply to be read. */
export function parseObject(line: string): JsonObject | null {
  if (!line.trimStart().startsWith("{")) return null;
  try {
    return asObject(JSON.parse(line));
  } catch {
    return null;
  }
}

const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** An object, or null. */
export const asObject = (value: unknown): JsonObject | null => (isObject(value) ? value : null);

/** The objects of a list; none when it isn't one. */
export const asObjects = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** A text that says something, or null. */
export const asString = (value: unknown): string | null => (typeof value === "string" && value !== "" ? value : null);

/** A count such as of tokens: whole, not negative, within what a result may state; else null. */
export const asCount = (value: unknown): number | null =>
  typeof value === "number" && value >= 0 && value <= 1e12 ? Math.round(value) : null;

/** An amount of money in US dollars, or null. */
export const asDollars = (value: unknown): number | null =>
  typeof value === "number" && value >= 0 && value <= 1_000_000 ? value : null;

/** A value as it may be shown: a text as it is, anything else as JSON. */
export function showValue(value: unknown): string {
  if (typeof value === "string") return value;
  if (value === undefined || value === null) return "";
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}

/** A time as ISO 8601 in UTC, or null. */
export function asInstant(value: unknown): string | null {
  const at = typeof value === "string" || typeof value === "number" ? new Date(value) : null;
  if (!at || Number.isNaN(at.getTime())) return null;
  const text = at.toISOString();
  return text.length === 24 ? text : null;
}
