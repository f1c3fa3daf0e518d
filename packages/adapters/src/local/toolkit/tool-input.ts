import { asString, type JsonObject } from "./json.ts";

const telling = ["command", "cmd", "file_path", "path", "notebook_path", "url", "pattern", "query"] as const;

/** The command, file or address that a tool call is about: what rules look at and a card shows. */
export const describeToolInput = (input: JsonObject): string | null =>
  summaryOf(telling.map((name) => asString(input[name])).find((text) => text !== null) ?? null);

/** Whole or not at all: a rule must not decide on what it sees only the beginning of. */
export const summaryOf = (text: string | null): string | null => (text !== null && text.length <= 4000 ? text : null);
