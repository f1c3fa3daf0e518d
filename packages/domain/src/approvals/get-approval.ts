import type { ShownApproval } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { readApprovals } from "./shown-approval.ts";

export async function getApproval(ctx: Ctx, { id }: InputOf<"approvals.get">): Promise<ShownApproval> {
  const [approval] = await readApprovals(ctx, sql`a.id = ${id}::uuid`, 1);
  return found(approval, "approval");
}
