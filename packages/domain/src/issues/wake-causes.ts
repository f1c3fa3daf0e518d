import type { IssueStatus, WakeReason } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import { idArray, textArray } from "../column-values.ts";
import type { Actor } from "../context.ts";
import { isBlocked } from "./blockers.ts";
import { statusArray } from "./internal.ts";
import type { Mentions } from "./mentions.ts";
import { openStatuses, terminalStatuses, wakingStatuses } from "./transitions.ts";

/** A select of (agent_id, issue_id, reason, rank, payload, is_blocked): each row is a reason to wake that agent about that issue. */
export type CauseRows = SQL;

/** Of several reasons the first one names the wake. */
const ranked: readonly WakeReason[] = [
  "issue_assigned",
  "issue_status_changed",
  "issue_blockers_resolved",
  "issue_children_completed",
  "issue_mentioned",
  "issue_commented",
];
/** An issue whose assignee may go on once nothing blocks it; one in review waits for somebody else. */
const startableStatuses: readonly IssueStatus[] = ["todo", "in_progress", "blocked"];

function causeOf(reason: WakeReason, columns: { agentId: SQL; issueId: SQL; payload: SQL; isBlocked?: SQL }): SQL {
  return sql`select ${columns.agentId} as agent_id, ${columns.issueId} as issue_id, ${reason}::text as reason,
    ${ranked.indexOf(reason)}::int as rank, ${columns.payload} as payload, ${columns.isBlocked ?? sql`false`} as is_blocked`;
}

/** The assignee of an issue that can be worked on now: over the alias `i`, from what `source` selects. */
export const assigned = (
  reason: "issue_assigned" | "issue_status_changed",
  mutation: "create" | "update",
  source: SQL,
  blocked: SQL,
): CauseRows => sql`
  ${causeOf(reason, {
    agentId: sql`i.assignee_agent_id`,
    issueId: sql`i.id`,
    payload: sql`jsonb_build_object('identifier', i.identifier, 'mutation', ${mutation}::text)`,
    isBlocked: blocked,
  })}
  ${source} and i.status = any(${statusArray(wakingStatuses)})`;

/** The assignees of what waited only for the issues `e` of `source`, which are done or gone now. */
export const blockersResolved = (source: SQL): CauseRows => sql`
  ${causeOf("issue_blockers_resolved", {
    agentId: sql`d.assignee_agent_id`,
    issueId: sql`d.id`,
    payload: sql`jsonb_build_object('identifier', d.identifier, 'resolvedBlockerIssueId', e.id, 'resolvedBlocker', e.identifier)`,
  })}
  ${source}
  join issue_blockers l on l.company_id = e.company_id and l.blocked_by_issue_id = e.id
  join issues d on d.company_id = l.company_id and d.id = l.issue_id
  where e.was_open and d.status = any(${statusArray(startableStatuses)}) and not ${isBlocked("d", sql`e.id`)}`;

/** The assignee of an issue that somebody took the last open blocker off. */
export const blockersRemoved = (stillBlocked: SQL): CauseRows => sql`
  ${causeOf("issue_blockers_resolved", {
    agentId: sql`i.assignee_agent_id`,
    issueId: sql`i.id`,
    payload: sql`jsonb_build_object('identifier', i.identifier)`,
  })}
  from changed i where i.status = any(${statusArray(startableStatuses)}) and ${isBlocked("i")} and not ${stillBlocked}`;

/** The assignee of a parent whose last open child is the issue `e` of `source`, which ended now. */
export const childrenCompleted = (source: SQL): CauseRows => sql`
  ${causeOf("issue_children_completed", {
    agentId: sql`p.assignee_agent_id`,
    issueId: sql`p.id`,
    payload: sql`jsonb_build_object('identifier', p.identifier, 'children', ${childrenSummary}, 'childCount', (
      select count(*) from issues c where c.company_id = p.company_id and c.parent_id = p.id))`,
    isBlocked: isBlocked("p", sql`case when e.status = 'done' then e.id end`),
  })}
  ${source}
  join issues p on p.company_id = e.company_id and p.id = e.parent_id
  where e.was_open and p.status = any(${statusArray(openStatuses)}) and not exists (
    select 1 from issues c where c.company_id = p.company_id and c.parent_id = p.id and c.id <> e.id
      and c.status <> all(${statusArray(terminalStatuses)}))`;

/** The latest 20 of them; the one that ended now still has its old status in the table. */
const childrenSummary = sql`(
  select jsonb_agg(jsonb_build_object('identifier', c.identifier, 'title', left(c.title, 200),
    'status', case when c.id = e.id then e.status else c.status end) order by c.issue_number)
  from (select * from issues c where c.company_id = p.company_id and c.parent_id = p.id order by c.issue_number desc limit 20) c)`;

const commentPayload = sql`jsonb_build_object('identifier', i.identifier, 'commentId', k.id, 'excerpt', left(k.body, 200))`;

/**
 * The assignee of the issue `i` in `from` that the CTE `commented` is about. What is cancelled is over; about what is done
 * only a person may ask, so that agents don't thank each other for ever.
 */
export const commented = (from: string, actor: Actor): CauseRows => sql`
  ${causeOf("issue_commented", { agentId: sql`i.assignee_agent_id`, issueId: sql`i.id`, payload: commentPayload })}
  from commented k join ${sql.identifier(from)} i on i.company_id = k.company_id and i.id = k.issue_id
  where i.status <> all(${statusArray(actor.kind === "user" ? ["cancelled"] : terminalStatuses)})`;

/** The agents whom the comment names, whatever the issue's state. */
export const mentioned = (from: string, { urlKeys, agentIds }: Mentions): CauseRows => sql`
  ${causeOf("issue_mentioned", { agentId: sql`a.id`, issueId: sql`i.id`, payload: commentPayload })}
  from commented k join ${sql.identifier(from)} i on i.company_id = k.company_id and i.id = k.issue_id
  join agents a on a.company_id = k.company_id and (a.url_key = any(${textArray(urlKeys)}) or a.id = any(${idArray(agentIds)}))`;

/** What a comment causes. */
export function commentCauses(from: string, actor: Actor, mentions: Mentions, wakesAssignee = true): CauseRows[] {
  const namesSomebody = mentions.urlKeys.length + mentions.agentIds.length > 0;
  return [...(wakesAssignee ? [commented(from, actor)] : []), ...(namesSomebody ? [mentioned(from, mentions)] : [])];
}
