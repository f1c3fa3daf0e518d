import type { Approval } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

export async function getApproval(ctx: Ctx, { id }: InputOf<"approvals.get">): Promise<Approval> {
  const { approvals } = schema;
  const query = ctx.db.build
    .select()
    .from(approvals)
    .where(and(eq(approvals.companyId, ctx.db.companyId), eq(approvals.id, id)));
  const [approval] = await ctx.db.read(query);
  return found(approval, "approval");
}
