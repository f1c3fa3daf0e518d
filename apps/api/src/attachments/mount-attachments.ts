import { BoardroomError, companyParams, idParams, issueParams, type Operation } from "@boardroom/contract";
import { type Ctx, openAttachment, uploadAttachment, valuesOfCaller } from "@boardroom/domain";
import { jsonAnswer, notFound } from "../answer.ts";
import type { AnswerOptions } from "../answer-operation.ts";
import { authenticate } from "../authenticate/authenticate.ts";
import type { Target } from "../authenticate/target.ts";
import { createCtx } from "../create-ctx.ts";
import { readIdempotencyKey } from "../idempotency.ts";
import type { ApiRouter } from "../router.ts";
import { answerContent } from "./answer-content.ts";
import { readUpload } from "./read-upload.ts";

/** What a contract of JSON can't say: the bytes of attachments, as they come and as they go. */
export function mountAttachments(router: ApiRouter, options: AnswerOptions): void {
  const enter = async (request: Request, requestId: string, demand: Demand): Promise<Ctx> => {
    const { id, target, effect, role } = demand;
    const identity = await authenticate(options.authentication, {
      operation: id,
      callers: ["user", "agent", "run"],
      effect,
      role,
      request,
      target: target ?? { by: "actor" },
      needsOrigin: effect !== "read",
    });
    const ctx = createCtx(options, identity, { id, idempotency: null, requestId, request });
    if (!target || !("db" in ctx)) throw notFound();
    return ctx;
  };
  router.post("/companies/:cid/issues/:id/attachments", async (c) => {
    const requestId = c.get("requestId");
    const request = c.req.raw;
    const ref = issueParams.safeParse({ id: c.req.param("id") }).data?.id;
    const cid = companyParams.safeParse({ cid: c.req.param("cid") }).data?.cid.toLowerCase();
    const target: Target | null = ref && cid ? { by: "issue", id: ref } : null;
    const ctx = await enter(request, requestId, {
      id: "attachments.upload",
      target,
      effect: "write",
      role: "operator",
    });
    if (!ref || ctx.db.companyId !== cid) throw notFound();
    if ("hasSecrets" in ctx.actor && ctx.actor.hasSecrets) ctx.hidden = await valuesOfCaller(ctx);
    const idempotencyKey = readIdempotencyKey(request);
    const upload = await readUpload(request);
    try {
      // The visitor may be cut off at any time; what they began is ended all the same.
      const uploading = uploadAttachment(ctx, { id: ref, ...upload, idempotencyKey });
      ctx.ports.afterwards(() => uploading.catch(() => undefined));
      return jsonAnswer(201, await uploading, requestId);
    } catch (error) {
      if (error instanceof BoardroomError) await upload.discard();
      throw error;
    }
  });
  router.get("/attachments/:id/content", async (c) => {
    const request = c.req.raw;
    const id = idParams.safeParse({ id: c.req.param("id") }).data?.id;
    const target: Target | null = id ? { by: "attachment", id } : null;
    const demand = { id: "attachments.content", target, effect: "read", role: "viewer" } as const;
    const ctx = await enter(request, c.get("requestId"), demand);
    if (!id) throw notFound();
    return answerContent(request, await openAttachment(ctx, id), c.get("requestId"));
  });
}

interface Demand extends Required<Pick<Operation, "effect" | "role">> {
  id: string;
  target: Target | null;
}
