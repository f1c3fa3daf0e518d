import type { Approval } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { written } from "../written.ts";
import { requesterOf } from "./requester.ts";

/** Asks the board for a decision. */
export async function createApproval(ctx: Ctx, { type, payload }: InputOf<"approvals.create">): Promise<Approval> {
  const values = { companyId: ctx.db.companyId, type, payload, ...requesterOf(ctx.actor) };
  const { rows } = await mutate(ctx, schema.approvals, {
    with: { requested: sql`${insertInto(schema.approvals, values)} where ${liveRunGuard(ctx)} returning *` },
    activity: [
      {
        from: "requested",
        action: "approval.requested",
        entityType: "approval",
        entityId: sql`id`,
        details: sql`jsonb_build_object('type', type)`,
      },
    ],
    select: sql`select * from requested`,
  });
  return written(rows[0]);
}
