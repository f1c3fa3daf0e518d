import { type TranscriptEntry, type TranscriptKind, transcriptKinds } from "@boardroom/contract";

/** The most that is shown of a text; the log has all of it. */
const maxTextChars = 16_000;

type Uncut = Omit<TranscriptEntry, "fullLength">;

/** An entry as it is answered: text that can be shown, no longer than it may be. */
export function cutEntry(entry: Uncut): TranscriptEntry {
  const { text, input } = entry;
  const longest = Math.max(text.length, input?.length ?? 0);
  return {
    ...entry,
    text: cut(text),
    name: entry.name === null ? null : cut(entry.name, 200),
    input: input === null ? null : cut(input),
    fullLength: longest > maxTextChars ? longest : null,
  };
}

/** Half of a character at the cut, or from the agent, would be none. */
const cut = (text: string, max = maxTextChars) => (text.length > max ? text.slice(0, max) : text).toWellFormed();

interface ReportedEvent {
  kind: string;
  message: string;
  data: Record<string, unknown> | null;
  createdAt: string;
}

/** An event that an agent reported as a step. */
export function entryOfEvent({ kind, message, data, createdAt }: ReportedEvent): TranscriptEntry {
  const { name, input, isError } = data ?? {};
  return cutEntry({
    kind: kindOf(kind),
    text: message,
    name: typeof name === "string" ? name : null,
    input: typeof input === "string" ? input : input === undefined || input === null ? null : JSON.stringify(input),
    isError: isError === true,
    at: createdAt,
    offset: null,
  });
}

const kindOf = (kind: string): TranscriptKind => transcriptKinds.find((each) => each === kind) ?? "system";
