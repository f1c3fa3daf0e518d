import { decisionKinds } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { pendingDecisions } from "../decisions/pending-decisions.ts";
import { defaultPreferences } from "./preferences.ts";

const kinds = (of: readonly string[]) => sql`${sql.param(of)}::decision_kind[]`;

/**
 * Notes whom to tell what of all that waits in a company now, each person once per channel and round of a decision. Any number
 * may do this at once.
 * @returns how many there are to tell now
 */
export async function makeNotifications({ db }: Ctx): Promise<number> {
  const rows = await db.raw(sql`
    insert into notifications (company_id, user_id, channel, kind, decision_id, round, is_urgent, due_at)
    select m.company_id, m.user_id, channel, d.kind, d.id, d.round, d.is_urgent, ${dueAt}
    from (${pendingDecisions(db.companyId)}) d
    join memberships m on m.company_id = ${db.companyId}::uuid and ${isToldOf}
    cross join unnest(enum_range(null::notification_channel)) channel
    left join notification_preferences p on p.company_id = m.company_id and p.user_id = m.user_id
    left join decision_snoozes s on s.company_id = m.company_id and s.user_id = m.user_id and s.kind = d.kind
      and s.decision_id = d.id and s.until > now()
    where s.until is null
      and d.kind = any(case channel when 'email' then coalesce(p.email_kinds, ${kinds(defaultPreferences.emailKinds)})
        else coalesce(p.push_kinds, ${kinds(decisionKinds)}) end)
      and (channel <> 'push' or exists (
        select 1 from push_subscriptions b where b.company_id = m.company_id and b.user_id = m.user_id))
    on conflict do nothing returning id`);
  return rows.length;
}

/** Who may answer, but not who asks; only the one person whom it names, where it names one. */
export const isToldOf: SQL = sql`(
  case when d.assignee_user_id is not null then m.user_id = d.assignee_user_id else m.role <= d.minimum_role end)
  and m.user_id is distinct from d.asked_by_user_id`;

const here = sql`(now() at time zone coalesce(p.time_zone, 'UTC'))`;
const from = sql`p.quiet_from::time`;
const to = sql`p.quiet_to::time`;
const isQuiet = sql`case when ${from} <= ${to} then ${here}::time >= ${from} and ${here}::time < ${to}
  else ${here}::time >= ${from} or ${here}::time < ${to} end`;
/** At the end of the person's quiet hours when it falls into them; what is urgent comes at once to those who want that. */
const dueAt = sql`case
  when p.quiet_from is null or p.quiet_to is null or (d.is_urgent and p.urgent_breaks_quiet) or not (${isQuiet}) then now()
  else (${here}::date + ${to} + case when ${here}::time >= ${to} then interval '1 day' else interval '0' end) at time zone p.time_zone
end`;
