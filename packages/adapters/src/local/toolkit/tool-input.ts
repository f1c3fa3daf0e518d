import { asString, type JsonObject } from "./json.ts";

const telling = ["command", "cmd", "file_path", "path", "notebook_path", "url", "pattern", "query"] as const;

/** The command, file or address that a tool call is about: what rules look at and a card shows. */
export const describeToolInput = (input: JsonObject): string | null =>
  telling
    .map((name) => asString(input[name]))
    .find((text) => text !== null)
    ?.slice(0, 2000) ?? null;
