import { BoardroomError } from "@boardroom/contract";

/** One page of a keyset-paged list. */
export interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/**
 * Makes a page of rows that were read with `limit + 1`: the one too many only tells that there is more.
 * @param keyOf the values of the last row that the next page starts after
 */
export function pageOf<Item>(
  rows: Item[],
  limit: number,
  keyOf: (last: Item) => readonly (string | number)[],
): Page<Item> {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last ? encodeCursor(keyOf(last)) : null };
}

const encodeCursor = (key: readonly (string | number)[]) =>
  btoa(JSON.stringify(key)).replaceAll("+", "-").replaceAll("/", "_");

/**
 * Reads a cursor back.
 * @param shape what each part must look like
 * @throws BoardroomError invalid_request for one that no list of this kind gave out
 */
export function readCursor(cursor: string | undefined, shape: readonly RegExp[]): string[] | null {
  if (cursor === undefined) return null;
  const key = parseKey(cursor);
  if (key?.length !== shape.length || !shape.every((form, index) => form.test(key[index] ?? ""))) {
    throw new BoardroomError("invalid_request", "This cursor is not one that this list gave out.");
  }
  return key;
}

function parseKey(cursor: string): string[] | null {
  try {
    const key: unknown = JSON.parse(atob(cursor.replaceAll("-", "+").replaceAll("_", "/")));
    return Array.isArray(key) ? key.map(String) : null;
  } catch {
    return null;
  }
}

export const cursorForms = {
  id: /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/,
  integer: /^-?[0-9]{1,15}$/,
  decimal: /^-?[0-9]{1,14}(\.[0-9]{1,6})?$/,
} as const;
