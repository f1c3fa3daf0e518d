import type { TranscriptKind } from "@boardroom/contract";

/** One step that a log tells of. */
export interface ParsedEntry {
  kind: TranscriptKind;
  text: string;
  name: string | null;
  input: string | null;
  isError: boolean;
  /** ISO 8601 in UTC. */
  at: string | null;
  /** Where its line starts, in bytes of UTF-8 from the start of the log. */
  offset: number;
}

/** Between two parts of a log: the last line as far as it came, and where it starts in bytes. */
export interface TranscriptState {
  rest: string;
  offset: number;
}

/**
 * Reads a part of a log. Takes anything: what it doesn't know is a system entry. Holds nothing but its state, so that
 * parsing in parts and in one piece is the same.
 * @param isWhole nothing follows: the last line is one even without its line break
 */
export type TranscriptParser = (
  text: string,
  state: TranscriptState,
  isWhole: boolean,
) => { entries: ParsedEntry[]; state: TranscriptState };

export const transcriptStart: TranscriptState = { rest: "", offset: 0 };
