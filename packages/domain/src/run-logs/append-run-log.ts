import { type AppendedLog, BoardroomError, maxLogChunkBytes } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import { executorFence, leaseLost } from "../heartbeat/executor.ts";
import type { InputOf } from "../input.ts";
import { type AppendOutcome, runAppend } from "./append-statement.ts";
import { maxLogBytes } from "./limits.ts";
import { joinToOpenEnd, prepareChunk } from "./prepare-chunk.ts";
import { byteLength } from "./slice-log.ts";

/**
 * Appends a chunk to the log of a run, its secrets masked, in one request that touches nothing but this run; in two when
 * what came before may hold the beginning of a secret. The same chunk again changes nothing and answers the same. It is no
 * activity: those who watch the log are told on their own.
 * @throws BoardroomError not_found; lease_lost; payload_too_large for a chunk, or a log, that is too long;
 * log_offset_mismatch for a gap or an overlap, with `nextOffset` and `nextSeq` to go on with
 */
export async function appendRunLog(
  ctx: Ctx,
  { id, fence: stated, seq, offset, content }: InputOf<"runLogs.append">,
): Promise<AppendedLog> {
  const place = { id, fence: executorFence(ctx, id, stated), seq, offset };
  if (byteLength(content) > maxLogChunkBytes) {
    const message = `A chunk of a log holds at most ${maxLogChunkBytes / 1024} KiB of UTF-8.`;
    throw new BoardroomError("payload_too_large", message, { maxBytes: maxLogChunkBytes });
  }
  let outcome = await runAppend(ctx, place, await prepareChunk(ctx, id, offset, content));
  if (outcome?.verdict === "open" && outcome.openEnd) {
    outcome = await runAppend(ctx, place, await joinToOpenEnd(ctx, id, outcome.openEnd, content));
  }
  return answer(ctx, id, outcome);
}

function answer(ctx: Ctx, runId: string, outcome: AppendOutcome | null): AppendedLog {
  if (!outcome) throw new BoardroomError("not_found", "No such run.");
  const { verdict, nextOffset, nextSeq } = outcome;
  if (verdict === "lease_lost") throw leaseLost({ status: outcome.status });
  if (verdict === "cut") {
    const message = `The log of a run holds at most ${maxLogBytes / 1024 / 1024} MiB. It ends here; the run goes on.`;
    throw new BoardroomError("payload_too_large", message, { maxLogBytes });
  }
  if (verdict === "mismatch" || verdict === "open") {
    const message = `The next chunk of this log starts at byte ${nextOffset}.`;
    throw new BoardroomError("log_offset_mismatch", message, { nextOffset, nextSeq });
  }
  if (verdict === "append") ctx.ports.tellLogViewers(ctx.db.companyId, runId);
  return { nextOffset, nextSeq };
}
