import { BoardroomError, decisionKinds, type NotificationPreferences } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Of who said nothing. A tool call waits for minutes only: a mail would come too late. */
export const defaultPreferences: Omit<NotificationPreferences, "pushKey"> = {
  emailKinds: decisionKinds.filter((kind) => kind !== "tool_approval"),
  pushKinds: [...decisionKinds],
  quietFrom: null,
  quietTo: null,
  timeZone: "UTC",
  urgentBreaksQuiet: true,
};

const { notificationPreferences: preferences } = schema;

/** Over which channels the caller hears of what. */
export async function readPreferences(ctx: Ctx): Promise<NotificationPreferences> {
  const [row] = await ctx.db.rows(
    preferences,
    sql`select p.company_id, p.user_id, to_jsonb(p.email_kinds) as email_kinds, to_jsonb(p.push_kinds) as push_kinds, p.quiet_from, p.quiet_to,
        p.time_zone, p.urgent_breaks_quiet
      from notification_preferences p
      where p.company_id = ${ctx.db.companyId}::uuid and p.user_id = ${ctx.actor.id}::text`,
  );
  return { ...(row ?? defaultPreferences), pushKey: ctx.ports.notifier.pushKey };
}

/**
 * Chooses over which channels one hears of what, and when not.
 * @throws BoardroomError invalid_request for a time zone that isn't one
 */
export async function preferNotifications(
  ctx: Ctx,
  input: InputOf<"notifications.prefer">,
): Promise<NotificationPreferences> {
  if (!isTimeZone(input.timeZone)) throw new BoardroomError("invalid_request", "This is not a time zone.");
  const kinds = (of: readonly string[]) => sql`${sql.param([...new Set(of)])}::decision_kind[]`;
  const { rows } = await mutate(ctx, preferences, {
    with: {
      preferred: sql`
        insert into notification_preferences (company_id, user_id, email_kinds, push_kinds, quiet_from, quiet_to, time_zone, urgent_breaks_quiet)
        values (${ctx.db.companyId}::uuid, ${ctx.actor.id}::text, ${kinds(input.emailKinds)}, ${kinds(input.pushKinds)},
          ${input.quietFrom}::text, ${input.quietTo}::text, ${input.timeZone}::text, ${input.urgentBreaksQuiet}::boolean)
        on conflict (company_id, user_id) do update set email_kinds = excluded.email_kinds, push_kinds = excluded.push_kinds,
          quiet_from = excluded.quiet_from, quiet_to = excluded.quiet_to, time_zone = excluded.time_zone,
          urgent_breaks_quiet = excluded.urgent_breaks_quiet, updated_at = now()
        returning company_id, user_id, to_jsonb(email_kinds) as email_kinds, to_jsonb(push_kinds) as push_kinds, quiet_from, quiet_to, time_zone,
          urgent_breaks_quiet`,
    },
    activity: [{ from: "preferred", action: "notifications.preferred", entityType: "member", entityId: sql`user_id` }],
    select: sql`select * from preferred`,
  });
  return { ...found(rows[0], "member"), pushKey: ctx.ports.notifier.pushKey };
}

/** Ends mails to the person whom an unsubscribe link names. */
export async function unsubscribeFromMail(ctx: Ctx, userId: string): Promise<void> {
  const { companyId } = ctx.db;
  await mutate(ctx, preferences, {
    with: {
      unsubscribed: sql`
        insert into notification_preferences (company_id, user_id, email_kinds, push_kinds)
        select company_id, user_id, '{}', ${sql.param([...decisionKinds])}::decision_kind[] from memberships
        where company_id = ${companyId}::uuid and user_id = ${userId}::text
        on conflict (company_id, user_id) do update set email_kinds = '{}', updated_at = now()
        returning *`,
    },
    activity: [
      { from: "unsubscribed", action: "notifications.unsubscribed", entityType: "member", entityId: sql`user_id` },
    ],
    select: sql`select company_id, user_id from unsubscribed`,
  });
}

function isTimeZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).resolvedOptions().timeZone !== "";
  } catch {
    return false;
  }
}
