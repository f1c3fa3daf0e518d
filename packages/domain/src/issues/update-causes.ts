import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
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
  if (blockedByIssueIds) causes.push(blockersRemoved(stillBlocked));
  if (status === "done") causes.push(blockersResolved(ended));
  if (isEnd(update)) causes.push(childrenCompleted(ended));
  if (comment) causes.push(...commentCauses("changed", actor, mentionsIn(comment), !isEnd(update)));
  return causes;
}
