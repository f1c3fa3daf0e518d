import { BoardroomError } from "@boardroom/contract";
import { exportLog } from "@boardroom/domain";
import * as z from "zod";
import { notFound } from "../answer.ts";
import type { AnswerOptions } from "../answer-operation.ts";
import { authenticate } from "../authenticate/authenticate.ts";
import { createCtx } from "../create-ctx.ts";
import { readQuery } from "../parse-input.ts";
import type { ApiRouter } from "../router.ts";

const query = z.strictObject({ after: z.coerce.number().int().min(0).max(1_000_000_000).default(0) });

/**
 * The activity log with its seals as lines of JSON, for `boardroom-verify`. It is streamed as it is read, so that no log is too
 * long; an export that broke off goes on with `?after=` and the position of the last seal that arrived.
 */
export function mountAuditExport(router: ApiRouter, options: AnswerOptions): void {
  router.get("/companies/:cid/audit/export", async (c) => {
    const request = c.req.raw;
    const id = "audit.export";
    const companyId = z.uuid().safeParse(c.req.param("cid")).data;
    const identity = await authenticate(options.authentication, {
      operation: id,
      callers: ["user"],
      effect: "read",
      role: "admin",
      request,
      target: companyId === undefined ? { by: "actor" } : { by: "company", id: companyId },
      needsOrigin: false,
    });
    const ctx = createCtx(options, identity, { id, idempotency: null, requestId: c.get("requestId"), request });
    if (!("db" in ctx)) throw notFound();
    const parsed = query.safeParse(readQuery(new URL(request.url)));
    if (!parsed.success) throw new BoardroomError("invalid_request", "after: is the position of a seal.");
    return new Response(streamOf(exportLog(ctx, parsed.data.after)), {
      headers: {
        "content-type": "application/x-ndjson; charset=utf-8",
        "content-disposition": `attachment; filename="audit-${ctx.db.companyId}.ndjson"`,
        "cache-control": "no-store",
        "x-content-type-options": "nosniff",
      },
    });
  });
}

/** So much is gathered before it is sent on. */
const pieceChars = 64 * 1024;

function streamOf(lines: AsyncGenerator<string>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      let piece = "";
      while (piece.length < pieceChars) {
        const { done, value } = await lines.next();
        if (done) {
          if (piece !== "") controller.enqueue(encoder.encode(piece));
          return controller.close();
        }
        piece += value;
      }
      controller.enqueue(encoder.encode(piece));
    },
    async cancel() {
      await lines.return(undefined);
    },
  });
}
