import { BoardroomError, type PushSubscription } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { and, desc, eq, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found, notFound } from "../found.ts";
import type { InputOf } from "../input.ts";

const { pushSubscriptions } = schema;
const mostBrowsers = 10;

/** The caller's browsers that take pushes, newest first. */
export const listPushSubscriptions = ({ db, actor }: Ctx): Promise<PushSubscription[]> =>
  db.read(
    db.build
      .select()
      .from(pushSubscriptions)
      .where(and(eq(pushSubscriptions.companyId, db.companyId), eq(pushSubscriptions.userId, actor.id)))
      .orderBy(desc(pushSubscriptions.id))
      .limit(mostBrowsers),
  );

/**
 * Lets a browser take pushes; the same one again replaces itself, and of more than ten the oldest goes.
 * @throws BoardroomError unsafe_url for an address that no push service has
 */
export async function createPushSubscription(
  ctx: Ctx,
  input: InputOf<"pushSubscriptions.create">,
): Promise<PushSubscription> {
  const problem = ctx.ports.notifier.checkPushEndpoint(input.endpoint);
  if (problem !== null) throw new BoardroomError("unsafe_url", problem);
  const { companyId } = ctx.db;
  const { rows } = await mutate(ctx, pushSubscriptions, {
    with: {
      subscribed: sql`
        insert into push_subscriptions (company_id, user_id, endpoint, p256dh, auth, label)
        values (${companyId}::uuid, ${ctx.actor.id}::text, ${input.endpoint}::text, ${input.p256dh}::text, ${input.auth}::text, ${input.label}::text)
        on conflict (company_id, user_id, endpoint) do update set p256dh = excluded.p256dh, auth = excluded.auth, label = excluded.label
        returning *`,
      surplus: sql`
        delete from push_subscriptions b where b.company_id = ${companyId}::uuid and b.id in (
          select o.id from push_subscriptions o where o.company_id = ${companyId}::uuid and o.user_id = ${ctx.actor.id}::text
            and o.id <> (select id from subscribed) order by o.id desc offset ${mostBrowsers - 1})`,
    },
    activity: [
      {
        from: "subscribed",
        action: "push_subscription.created",
        entityType: "push_subscription",
        entityId: sql`id`,
        details: sql`jsonb_build_object('label', label)`,
      },
    ],
    select: sql`select * from subscribed`,
  });
  return found(rows[0], "subscription");
}

export async function deletePushSubscription(ctx: Ctx, { sid }: InputOf<"pushSubscriptions.delete">): Promise<void> {
  const { rows } = await mutate(ctx, pushSubscriptions, {
    with: {
      deleted: sql`
        delete from push_subscriptions
        where company_id = ${ctx.db.companyId}::uuid and user_id = ${ctx.actor.id}::text and id = ${sid}::uuid returning *`,
    },
    activity: [
      {
        from: "deleted",
        action: "push_subscription.deleted",
        entityType: "push_subscription",
        entityId: sql`id`,
        details: sql`jsonb_build_object('label', label)`,
      },
    ],
    select: sql`select * from deleted`,
  });
  if (rows.length === 0) throw notFound("subscription");
}
