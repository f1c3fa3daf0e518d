import * as z from "zod";
import { appendedLog, runLogPage, transcriptPage } from "../entities/run-log.ts";
import { operation } from "../operation.ts";
import { idParams, text } from "../primitives.ts";

const tag = "Runs";
const everyone = ["user", "agent", "run"] as const;
const ofRun = { locate: { by: "run", param: "id" }, params: idParams, tag, callers: everyone } as const;
const offset = z.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
const queryNumber = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER).default(0);

/** The live tail, `GET /heartbeat-runs/:id/log/stream?offset=`, is an event stream and has a route of its own. */
export const runLogOperations = {
  "runLogs.read": operation({
    ...ofRun,
    method: "GET",
    path: "/heartbeat-runs/:id/log",
    summary: "A piece of what a run wrote, by bytes",
    effect: "read",
    query: z.object({
      offset: queryNumber,
      limitBytes: z.coerce
        .number()
        .int()
        .min(4)
        .max(1024 * 1024)
        .default(64 * 1024),
    }),
    output: runLogPage,
    status: 200,
  }),
  "runLogs.append": operation({
    ...ofRun,
    callers: ["agent", "run"],
    agents: "concerned",
    method: "POST",
    path: "/heartbeat-runs/:id/log",
    summary:
      "Append to a run's log; the same chunk again changes nothing, a gap is refused with the offset to go on from",
    effect: "write",
    body: z.strictObject({
      fence: z.number().int().positive().optional().describe("Needed with an agent key; a run token carries it"),
      seq: z.number().int().min(0).max(2_000_000_000).describe("The sender's number of the chunk, unique in the run"),
      offset: offset.describe("Where the chunk starts: the bytes of UTF-8 that were sent before it"),
      content: text(1024 * 1024)
        .min(1)
        .describe("At most 256 KiB of UTF-8"),
    }),
    output: appendedLog,
    status: 200,
    errors: ["lease_lost", "log_offset_mismatch", "payload_too_large"],
  }),
  "runLogs.transcript": operation({
    ...ofRun,
    method: "GET",
    path: "/heartbeat-runs/:id/transcript",
    summary:
      "What a run said, thought and did, read from its log by its adapter, or from its events when it has no log",
    effect: "read",
    query: z.object({
      offset: queryNumber,
      afterSeq: queryNumber,
      limit: z.coerce.number().int().min(1).max(500).default(200),
    }),
    output: transcriptPage,
    status: 200,
  }),
} as const;
