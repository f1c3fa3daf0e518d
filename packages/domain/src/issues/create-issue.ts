import type { Issue } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { insertIssue } from "./insert-issue.ts";
import { issueWhere } from "./internal.ts";

/**
 * Creates an issue; assigning it to an agent wakes that agent.
 * @throws BoardroomError invalid_reference for a parent, project, goal, label or assignee that isn't there
 */
export async function createIssue(
  ctx: Ctx,
  { idempotencyKey: _, parentId, ...draft }: InputOf<"issues.create">,
): Promise<Issue> {
  const parent = parentId ? issueWhere(ctx.db.companyId, parentId, "p") : null;
  return insertIssue(ctx, draft, parent, "no_parent");
}
