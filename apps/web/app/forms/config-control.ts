import type { ConfigField } from "./config-schema.ts";

/** How a stored value stands in its control. */
export function toControl(field: ConfigField, value: unknown): string {
  const shown = value ?? field.default;
  if (shown === null || shown === undefined || field.kind === "secret") return "";
  if (field.kind === "list" && Array.isArray(shown)) return shown.join("\n");
  if (field.kind === "map" && typeof shown === "object") {
    return Object.entries(shown)
      .map(([name, text]) => `${name}=${text}`)
      .join("\n");
  }
  return typeof shown === "object" ? JSON.stringify(shown, null, 2) : String(shown);
}
