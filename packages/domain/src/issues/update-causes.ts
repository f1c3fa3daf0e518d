import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { staleCauses } from "../interactions/stale-questions.ts";
import { staysBlocked } from "./blocker-parts.ts";
import { mentionsIn } from "./mentions.ts";
import type { IssueUpdate } from "./update-issue.ts";
import {
  assigned,
  blockersRemoved,
  blockersResolved,
  type CauseRows,
  childrenCompleted,
  commentCauses,
} from "./wake-causes.ts";

/** The issue that ends, over the CTEs `changed` and `locked`. */
const ended = sql`from (
  select changed.*, locked.status not in ('done', 'cancelled') as was_open from changed, locked) e`;

/** The agent that a blocked issue names acts. */
const blockedOwner: CauseRows = sql`
  select i.blocked_owner_agent_id as agent_id, i.id as issue_id, 'issue_blocked' as reason, 0 as rank,
    jsonb_build_object('identifier', i.identifier, 'action', i.blocked_action) as payload, false as is_blocked
  from changed i join locked o on o.id = i.id
  where (i.blocked_owner_agent_id, i.blocked_action) is distinct from (o.blocked_owner_agent_id, o.blocked_action)`;

/** Work that comes into review is looked at by the reviewer of its first stage. */
const firstReviewer: CauseRows = sql`
  select s.reviewer_agent_id as agent_id, i.id as issue_id, 'review_requested' as reason, 0 as rank,
    jsonb_build_object('identifier', i.identifier, 'reviewId', s.id, 'kind', s.kind) as payload, false as is_blocked
  from changed i join locked o on o.id = i.id and o.status <> 'in_review'
  join lateral (select * from issue_review_stages s where s.company_id = i.company_id and s.issue_id = i.id order by s.position limit 1) s on true`;

const isEnd = ({ status }: IssueUpdate) => status === "done" || status === "cancelled";
const mayAssign = ({ status, assigneeAgentId }: IssueUpdate) =>
  Boolean(assigneeAgentId || status === "todo" || status === "in_progress");

/**
 * Whom a change wakes: a new assignee, also when the issue becomes ready for the one it has; those who waited for it; the
 * parent's assignee after its last child; the assignee when others comment, unless they close the issue with that; the
 * mentioned.
 */
export function causesOf({ actor }: Ctx, update: IssueUpdate): CauseRows[] {
  const { assigneeAgentId, blockedByIssueIds, comment, status } = update;
  const stillBlocked = staysBlocked("i", blockedByIssueIds);
  const causes: CauseRows[] = [];
  if (mayAssign(update)) {
    const differs = sql`from changed i, locked o
      where (i.assignee_agent_id is distinct from o.assignee_agent_id or i.status is distinct from o.status)`;
    causes.push(assigned(assigneeAgentId ? "issue_assigned" : "issue_status_changed", "update", differs, stillBlocked));
  }
  if (update.blocked) causes.push(blockedOwner);
  if (status === "in_review") causes.push(firstReviewer);
  if (blockedByIssueIds) causes.push(blockersRemoved(stillBlocked));
  if (status === "done") causes.push(blockersResolved(ended));
  if (isEnd(update)) causes.push(childrenCompleted(ended));
  if (comment)
    causes.push(...commentCauses("changed", actor, mentionsIn(comment), !isEnd(update)), ...staleCauses(actor));
  return causes;
}
