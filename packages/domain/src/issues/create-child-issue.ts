import type { Issue } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { insertIssue } from "./insert-issue.ts";
import { issueWhere } from "./internal.ts";

/** Creates an issue below another one; project, goal and billing code come from that one unless given. */
export async function createChildIssue(
  ctx: Ctx,
  { idempotencyKey: _, id, ...draft }: InputOf<"issues.createChild">,
): Promise<Issue> {
  return insertIssue(ctx, draft, issueWhere(ctx.db.companyId, id, "p"), "no_issue");
}
