import type { DecisionKind, NotificationChannel } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { pendingDecisions } from "../decisions/pending-decisions.ts";
import { isToldOf } from "./make-notifications.ts";
import type { PushTarget } from "./ports.ts";

/** How long who claimed a notification may take before somebody else tries. */
const claimSec = 60;
const batch = 20;

/** A notification that is ours to send now. */
export interface ClaimedNotification {
  id: string;
  attempts: number;
  userId: string;
  channel: NotificationChannel;
  kind: DecisionKind;
  decisionId: string;
  isUrgent: boolean;
  title: string;
  askedBy: string;
  issueIdentifier: string | null;
  until: string | null;
  companyName: string;
  issuePrefix: string;
  browsers: (PushTarget & { id: string })[];
}

/**
 * Takes what is due of a company, each for one sender at a time. What was answered meanwhile, or is no longer theirs to answer, is
 * not sent.
 */
export async function claimNotifications({ db }: Ctx): Promise<{ claimed: ClaimedNotification[]; taken: number }> {
  const rows = await db.raw<ClaimedNotification & { status: string }>(sql`
    with waiting as (select * from (${pendingDecisions(db.companyId)}) d),
    due as (
      select n.id from notifications n
      where n.company_id = ${db.companyId}::uuid
        and ((n.status = 'pending' and n.due_at <= now()) or (n.status = 'sending' and n.claimed_until < now()))
      order by n.due_at limit ${batch} for update skip locked),
    taken as (
      update notifications n set attempts = n.attempts + 1, claimed_until = now() + make_interval(secs => ${claimSec}),
        status = case when exists (
          select 1 from waiting d join memberships m on m.company_id = ${db.companyId}::uuid and m.user_id = n.user_id
          where d.kind = n.kind and d.id = n.decision_id and d.round = n.round and ${isToldOf}) then 'sending' else 'skipped' end::notification_status
      from due where n.company_id = ${db.companyId}::uuid and n.id = due.id
      returning n.*)
    select t.id, t.status, t.attempts, t.user_id as "userId", t.channel, t.kind, t.decision_id as "decisionId", t.is_urgent as "isUrgent",
      d.title, d.asked_by as "askedBy", d.issue_identifier as "issueIdentifier", d.until, c.name as "companyName", c.issue_prefix as "issuePrefix",
      coalesce((select jsonb_agg(jsonb_build_object('id', b.id, 'endpoint', b.endpoint, 'p256dh', b.p256dh, 'auth', b.auth))
        from push_subscriptions b where t.channel = 'push' and b.company_id = t.company_id and b.user_id = t.user_id
          and b.id <> all(t.reached)), '[]'::jsonb) as browsers
    from taken t join companies c on c.id = t.company_id
    left join waiting d on d.kind = t.kind and d.id = t.decision_id and d.round = t.round`);
  return { claimed: rows.filter(({ status }) => status === "sending"), taken: rows.length };
}
