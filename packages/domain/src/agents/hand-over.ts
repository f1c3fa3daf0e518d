import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { moved, wasBefore } from "../issues/issue-changes.ts";
import { configOf, keepRevision } from "./config-revision.ts";

type Part = "heir" | "handed_back" | "explained" | "handed_over" | "report_before" | "moved_report" | "kept_report";

/** As many are named to who takes them over; the inbox has all. */
const namedIssues = 50;

/**
 * CTEs that give on what the agent in `left_company` leaves: its open issues to the nearest manager who is still there, else
 * to nobody, and its reports to that manager.
 */
export function handOverParts(ctx: Pick<Ctx, "actor" | "db">): Record<Part, SQL> {
  const { actor } = ctx;
  return {
    heir: sql`
      with recursive line as (
        select m.id, m.company_id, m.reports_to, m.name, m.status, 1 as steps
        from left_company l join agents m on m.company_id = l.company_id and m.id = l.reports_to
        union all
        select m.id, m.company_id, m.reports_to, m.name, m.status, line.steps + 1
        from line join agents m on m.company_id = line.company_id and m.id = line.reports_to
        where line.status in ('terminated', 'pending_approval') and line.steps < 100)
      select id, name from line where status not in ('terminated', 'pending_approval') and id <> (select id from left_company)
      order by steps limit 1`,
    handed_back: sql`
      update issues i set assignee_agent_id = (select id from heir), checkout_run_id = null, execution_run_id = null,
        execution_locked_at = null, status = case when i.status = 'backlog' then i.status else 'todo' end, updated_at = now()
      from left_company where i.company_id = left_company.company_id and i.assignee_agent_id = left_company.id
        and i.status not in ('done', 'cancelled')
      returning i.*, ${wasBefore}`,
    explained: sql`
      insert into comments (company_id, issue_id, body, author_agent_id, author_user_id, author_name)
      select h.company_id, h.id, l.name || ' was let go' || coalesce(': ' || nullif(btrim(l.pause_reason), ''), '') || '. ' ||
          coalesce('This goes back to ' || (select name from heir) || '.', 'This waits for somebody else.'),
        ${actor.agentId}::uuid, ${actor.type === "user" ? actor.id : null}::text, ${actor.name ?? actor.id}::text
      from handed_back h cross join left_company l`,
    handed_over: sql`
      select heir.id as heir_id, l.name, (
        select jsonb_agg(x.id) from (select id from handed_back where status <> 'backlog' order by id limit ${namedIssues}) x) as issue_ids
      from heir cross join left_company l where exists (select 1 from handed_back where status <> 'backlog')`,
    report_before: sql`
      select r.id, ${configOf("r")} as config from left_company l
      join agents r on r.company_id = l.company_id and r.reports_to = l.id and r.status <> 'terminated'`,
    moved_report: sql`
      update agents r set reports_to = (select id from heir), updated_at = now() from left_company l, report_before b
      where r.company_id = l.company_id and r.id = b.id returning r.*`,
    kept_report: keepRevision(ctx, { source: "update", now: "moved_report", before: "report_before" }),
  };
}

/** The audit rows of the above. */
export const handedBackActivity = (agentId: string): ActivityEntry[] => [
  {
    from: "handed_back",
    action: sql`case when assignee_agent_id is null then 'issue.unassigned' else 'issue.handed_back' end`,
    entityType: "issue",
    entityId: sql`id`,
    agentId: sql`${agentId}::uuid`,
    details: sql`jsonb_build_object('identifier', identifier, 'status', status, 'reason', 'agent_terminated',
      'assigneeAgentId', assignee_agent_id, 'changes', ${moved})`,
  },
  {
    from: "moved_report",
    action: "agent.updated",
    entityType: "agent",
    entityId: sql`id`,
    agentId: sql`id`,
    details: sql`jsonb_build_object('name', name, 'changed', '["reportsTo"]'::jsonb, 'reason', 'manager_terminated')`,
  },
];
