import { BoardroomError, type Issue } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { runsOfIssues } from "../heartbeat/freed-runs.ts";
import type { InputOf } from "../input.ts";
import { dispatchFreed, type Freed, freedRunIds, letGo } from "./freed-by-issue.ts";
import { type IssueExtras, issueWhere, lockIssue, storedExtras } from "./internal.ts";
import { moved } from "./issue-changes.ts";

/**
 * Takes an issue from whoever holds it: no lock, no assignee, back to todo unless it has ended. The log names who lost it. Runs
 * that waited for the issue go.
 */
export async function forceReleaseIssue(ctx: Ctx, { id: ref }: InputOf<"issues.forceRelease">): Promise<Issue> {
  if (ctx.actor.kind !== "user") throw new BoardroomError("forbidden", "Only the board may take an issue away.");
  const { rows } = await mutate<typeof schema.issues, IssueExtras & Freed>(ctx, schema.issues, {
    before: lockIssue(ctx.db.companyId, ref),
    with: {
      locked: sql`select * from issues where ${issueWhere(ctx.db.companyId, ref)}`,
      changed: sql`
        update issues i set checkout_run_id = null, execution_run_id = null, execution_locked_at = null, updated_at = now(),
          assignee_agent_id = null, status = case when l.status in ('done', 'cancelled') then l.status else 'todo' end
        from locked l where i.company_id = l.company_id and i.id = l.id returning i.*`,
      let_go: letGo("locked"),
      freed: runsOfIssues("let_go"),
      taken: sql`
        select c.*, l.status as was_status, l.assignee_agent_id as was_agent, l.assignee_user_id as was_user,
          l.checkout_run_id as was_run, a.name as agent_name
        from changed c cross join locked l
        left join agents a on a.company_id = l.company_id and a.id = l.assignee_agent_id`,
    },
    activity: [
      {
        from: "taken",
        action: "issue.force_released",
        entityType: "issue",
        entityId: sql`id`,
        agentId: sql`was_agent`,
        runId: sql`was_run`,
        details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'oldStatus', was_status, 'status', status,
          'changes', ${moved}, 'takenFrom', jsonb_build_object('agentId', was_agent, 'agentName', agent_name, 'runId', was_run))`,
      },
    ],
    select: sql`select changed.*, ${freedRunIds}, ${storedExtras("changed")} from changed`,
  });
  const issue = found(rows[0], "issue");
  dispatchFreed(ctx, issue);
  return issue;
}
