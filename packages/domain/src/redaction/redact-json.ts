import { redact } from "./redact.ts";

/** The same JSON with every secret in its texts masked, at any depth; keys stay as they are. */
export function redactJson<T>(value: T): T {
  if (typeof value === "string") return redact(value) as T & string;
  if (Array.isArray(value)) return value.map((each: unknown) => redactJson(each)) as T & unknown[];
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, redactJson(inner)])) as T & object;
}
