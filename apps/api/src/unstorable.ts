/** Where in a JSON value text stands that PostgreSQL can't store: NUL or half a character. Null when nowhere. */
export function findUnstorable(value: unknown, path = ""): string | null {
  if (typeof value === "string") return isStorable(value) ? null : path;
  if (typeof value !== "object" || value === null) return null;
  for (const [key, inner] of Object.entries(value)) {
    if (!isStorable(key)) return path;
    const found = findUnstorable(inner, path === "" ? key : `${path}.${key}`);
    if (found !== null) return found;
  }
  return null;
}

export const isStorable = (text: string) => !text.includes("\u0000") && text.isWellFormed();
