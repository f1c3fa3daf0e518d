import type { ShownApproval } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { olderThan } from "../older-than.ts";
import { type Page, pageOf } from "../paging.ts";
import { readApprovals } from "./shown-approval.ts";

/** The board's decisions, newest first. */
export async function listApprovals(ctx: Ctx, input: InputOf<"approvals.list">): Promise<Page<ShownApproval>> {
  const { status, type, cursor, limit } = input;
  const where = [
    status ? sql`a.status = ${status}::approval_status` : undefined,
    type ? sql`a.type = ${type}::approval_type` : undefined,
    olderThan(sql`a.id`, cursor),
  ].filter((each): each is SQL => each !== undefined);
  const rows = await readApprovals(ctx, sql.join([sql`true`, ...where], sql` and `), limit + 1);
  return pageOf(rows, limit, (last) => [last.id]);
}
