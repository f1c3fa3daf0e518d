export type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === "object" && value !== null && !Array.isArray(value);

export const object = (value: unknown): Json => (isObject(value) ? value : {});
export const objects = (value: unknown): readonly Json[] => (Array.isArray(value) ? value.filter(isObject) : []);
export const string = (value: unknown): string => (typeof value === "string" ? value : "");

/** The text of a message's content: a text, or the texts of its blocks. */
export const contentText = (content: unknown): string =>
  typeof content === "string"
    ? content
    : objects(content)
        .map(({ text }) => string(text))
        .filter((text) => text !== "")
        .join("\n");

/** Server-sent events as one text. */
export const sse = (events: readonly (readonly [event: string | null, data: unknown])[]): string =>
  events
    .map(
      ([event, data]) =>
        `${event === null ? "" : `event: ${event}\n`}data: ${typeof data === "string" ? data : JSON.stringify(data)}\n\n`,
    )
    .join("");
