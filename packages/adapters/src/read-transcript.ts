import type { Adapter } from "./adapter.ts";
import { httpAdapter } from "./http/index.ts";
import { type ParsedEntry, transcriptStart } from "./transcript.ts";

const byType = new Map<string, Adapter>([[httpAdapter.type, httpAdapter]]);

/** Reads a piece of a log by the adapter that wrote it; `readBytes` is where its last, unfinished line starts. */
export function readTranscript(
  adapterType: string,
  text: string,
  isWhole: boolean,
): { entries: ParsedEntry[]; readBytes: number } {
  const { parseTranscript } = byType.get(adapterType) ?? httpAdapter;
  const { entries, state } = parseTranscript(text, transcriptStart, isWhole);
  return { entries, readBytes: state.offset };
}
