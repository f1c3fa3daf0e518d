import { BoardroomError, type Issue } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { runsOfIssues } from "../heartbeat/freed-runs.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { dispatchFreed, type Freed, freedRunIds, letGo } from "./freed-by-issue.ts";
import { type IssueExtras, issueWhere, lockIssue, storedExtras } from "./internal.ts";
import { moved } from "./issue-changes.ts";

type Refusal = "lease_lost" | "ended" | "not_yours" | "other_run";

/**
 * Gives an issue back: work in progress becomes todo and the lock goes. An agent that gives back its own leaves no assignee
 * behind; the board's release keeps the assignee. Runs that waited for the issue go.
 * @throws BoardroomError conflict when the issue has ended, is another agent's or is held by another live run
 */
export async function releaseIssue(ctx: Ctx, { id: ref }: InputOf<"issues.release">): Promise<Issue> {
  const { actor, db } = ctx;
  const agentLimits = sql`
    when l.assignee_agent_id is distinct from ${actor.agentId}::uuid then 'not_yours'
    when l.checkout_run_id <> ${actor.runId}::uuid and exists (select 1 from heartbeat_runs h where h.company_id = l.company_id
      and h.id = l.checkout_run_id and h.status = 'running' and h.lease_expires_at > now()) then 'other_run'`;
  const { rows } = await mutate<typeof schema.issues, IssueExtras & Freed & { refusal: Refusal | null }>(
    ctx,
    schema.issues,
    {
      before: lockIssue(db.companyId, ref),
      with: {
        locked: sql`select * from issues where ${issueWhere(db.companyId, ref)}`,
        judged: sql`
          select l.*, case
              when not ${liveRunGuard(ctx)} then 'lease_lost'
              when l.status in ('done', 'cancelled') then 'ended'
              ${actor.agentId ? agentLimits : sql``}
            end as refusal from locked l`,
        changed: sql`
          update issues i set checkout_run_id = null, execution_run_id = null, execution_locked_at = null, updated_at = now(),
            status = case when i.status = 'in_progress' then 'todo' else i.status end,
            assignee_agent_id = case when ${actor.agentId !== null}::boolean then null else i.assignee_agent_id end
          from judged j where i.company_id = j.company_id and i.id = j.id and j.refusal is null returning i.*`,
        let_go: letGo("locked"),
        freed: runsOfIssues("let_go"),
        given_back: sql`
          select changed.*, judged.status as was_status, judged.assignee_agent_id as was_agent, judged.assignee_user_id as was_user
          from changed, judged`,
      },
      activity: [
        {
          from: "given_back",
          action: "issue.released",
          entityType: "issue",
          entityId: sql`id`,
          agentId: sql`was_agent`,
          details: sql`jsonb_build_object('identifier', identifier, 'title', title, 'oldStatus', was_status, 'status', status,
            'changes', ${moved})`,
        },
      ],
      select: sql`select changed.*, judged.refusal, ${freedRunIds}, ${storedExtras("judged")} from judged left join changed on true`,
    },
  );
  const issue = found(rows[0], "issue");
  if (issue.refusal) throw refusedRelease(issue.refusal);
  dispatchFreed(ctx, issue);
  return issue;
}

function refusedRelease(refusal: Refusal): BoardroomError {
  if (refusal === "lease_lost") return leaseLost();
  const sentences = {
    ended: "This issue has ended; there is nothing to give back.",
    not_yours: "Only the assignee or the board may release this issue.",
    other_run: "Another run of this agent is working on this issue.",
  };
  return new BoardroomError(refusal === "not_yours" ? "forbidden" : "conflict", sentences[refusal], {
    reason: refusal,
  });
}
