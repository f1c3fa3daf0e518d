import * as z from "zod";
import { id, instant } from "../primitives.ts";

/** The most that one append may bring, in bytes of UTF-8. */
export const maxLogChunkBytes = 256 * 1024;

/** What of a run's log is stored now; the next chunk starts there. */
export const appendedLog = z
  .object({
    nextOffset: z.number().int().describe("Where the next chunk starts, in bytes of UTF-8"),
    nextSeq: z.number().int().describe("A sequence number that no chunk of this log has yet"),
  })
  .meta({ id: "AppendedLog" });

/** A piece of a run's log. Offsets are bytes of UTF-8 from the log's start; no character is ever cut. */
export const runLogPage = z
  .object({
    runId: id,
    offset: z.number().int().describe("Where `content` starts; at the start of the character that was asked for"),
    nextOffset: z.number().int().describe("Where to read on"),
    content: z.string(),
    totalBytes: z.number().int().describe("Bytes that the log has by now"),
    isComplete: z.boolean().describe("The run has ended and nothing follows"),
  })
  .meta({ id: "RunLogPage" });

/** What an entry of a transcript shows. */
export const transcriptKinds = ["assistant", "thinking", "tool_call", "tool_result", "system", "result"] as const;

/** One step of a run as its agent told it. All of it is the agent's word: untrusted text. */
export const transcriptEntry = z
  .object({
    kind: z.enum(transcriptKinds),
    text: z.string(),
    name: z.string().nullable().describe("Of the tool, of a call and its result"),
    input: z.string().nullable().describe("What a tool was called with: text, or JSON"),
    isError: z.boolean().describe("The tool, or the run, failed"),
    at: instant.nullable().describe("When, where the agent told it"),
    fullLength: z.number().int().nullable().describe("Characters of the text, or the input, that was cut; else null"),
    offset: z.number().int().nullable().describe("Where its line starts in the log; null for what came as an event"),
  })
  .meta({ id: "TranscriptEntry" });

export const transcriptPage = z
  .object({
    runId: id,
    entries: z.array(transcriptEntry),
    nextOffset: z.number().int().describe("Pass it as `offset` to read on in the log"),
    nextSeq: z.number().int().describe("Pass it as `afterSeq` to read on in the events of a run without a log"),
    isComplete: z.boolean().describe("The run has ended and nothing follows"),
  })
  .meta({ id: "TranscriptPage" });

export type RunLogPage = z.infer<typeof runLogPage>;
export type AppendedLog = z.infer<typeof appendedLog>;
export type TranscriptKind = (typeof transcriptKinds)[number];
export type TranscriptEntry = z.infer<typeof transcriptEntry>;
export type TranscriptPage = z.infer<typeof transcriptPage>;
