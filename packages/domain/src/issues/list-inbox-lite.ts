import type { InboxItem } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { type Page, pageOf } from "../paging.ts";
import { isOnHold } from "../tree-holds/hold-gate.ts";
import { isResolved, storedBlockedBy } from "./blockers.ts";
import { inboxQuery, inboxReason } from "./inbox-query.ts";

const { issues } = schema;

const pendingInteractions = sql<number>`(
  select count(*)::int from issue_interactions k
  where k.company_id = issues.company_id and k.issue_id = issues.id and k.status = 'pending')`;

/** The run that works on the issue or waits to. */
const activeRun = sql<InboxItem["activeRun"]>`(
  select jsonb_build_object('id', r.id, 'agentId', r.agent_id, 'status', r.status) from heartbeat_runs r
  where r.company_id = issues.company_id and r.status in ('queued', 'running') and (r.id = issues.checkout_run_id or r.issue_id = issues.id)
  order by (r.id = issues.checkout_run_id) desc nulls last, r.status desc, r.id desc limit 1)`;

/** The calling agent's open issues, most urgent first, with just what is needed to choose. */
export async function listInboxLite(
  ctx: Ctx,
  { limit, cursor }: InputOf<"agents.inboxLite">,
): Promise<Page<InboxItem>> {
  const { keys, where, order } = inboxQuery(ctx, cursor, true);
  const { id, identifier, title, status, priority, projectId, goalId, parentId, updatedAt } = issues;
  const blockedBy = storedBlockedBy("issues");
  const shown = {
    id,
    identifier,
    title,
    status,
    priority,
    projectId,
    goalId,
    parentId,
    updatedAt,
    activeRun,
    blockedBy,
    blockedAction: issues.blockedAction,
    reason: inboxReason(ctx.actor.agentId),
    onHold: isOnHold("issues"),
    pendingInteractions,
  };
  const rows = await ctx.db.read(
    ctx.db.build
      .select({ ...shown, ...keys })
      .from(issues)
      .where(where)
      .orderBy(...order)
      .limit(limit + 1),
  );
  const page = pageOf(rows, limit, (last) => [last.statusRank, last.priorityRank, last.id]);
  return { ...page, items: page.items.map(withReadiness) };
}

function withReadiness<T extends Pick<InboxItem, "blockedBy">>(item: T) {
  const unresolvedBlockerIssueIds = item.blockedBy.filter((blocker) => !isResolved(blocker)).map(({ id }) => id);
  const unresolvedBlockerCount = unresolvedBlockerIssueIds.length;
  return { ...item, dependencyReady: unresolvedBlockerCount === 0, unresolvedBlockerCount, unresolvedBlockerIssueIds };
}
