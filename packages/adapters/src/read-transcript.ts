import { findAdapter } from "./definitions.ts";
import { parseHttpTranscript } from "./http/parse-transcript.ts";
import { type ParsedEntry, transcriptStart } from "./transcript.ts";

/** Reads a piece of a log by the adapter that wrote it; `readBytes` is where its last, unfinished line starts. */
export function readTranscript(
  adapterType: string,
  text: string,
  isWhole: boolean,
): { entries: ParsedEntry[]; readBytes: number } {
  const parseTranscript = findAdapter(adapterType)?.parseTranscript ?? parseHttpTranscript;
  const { entries, state } = parseTranscript(text, transcriptStart, isWhole);
  return { entries, readBytes: state.offset };
}
