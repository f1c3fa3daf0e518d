import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { type ClaimedNotification, claimNotifications } from "./claim-notifications.ts";
import { mailOf, noticeOf } from "./notices.ts";
import type { SendOutcome } from "./ports.ts";

const maxRounds = 5;
const maxAttempts = 6;
const sendersAtOnce = 4;

/**
 * Sends what is due of a company. Who claims a notification sends it; who dies over it is followed by another after a minute,
 * who may send it a second time: mails carry a key by which the provider drops the second, pushes a topic by which the second
 * replaces the first. So each is told at least once, and seen once.
 * @returns how many were sent
 */
export async function deliverNotifications(system: Connection, ctx: Ctx): Promise<number> {
  let sent = 0;
  for (let round = 0; round < maxRounds; round++) {
    const { claimed, taken } = await claimNotifications(ctx);
    const addresses = await readAddresses(system, claimed);
    const queue = [...claimed];
    const work = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const result = await send(ctx, next, addresses.get(next.userId) ?? null);
        await settle(ctx, next, result);
        if (result.outcome.kind === "sent") sent += 1;
      }
    };
    await Promise.all(Array.from({ length: Math.min(sendersAtOnce, claimed.length) }, work));
    if (taken === 0) break;
  }
  return sent;
}

interface Result {
  outcome: SendOutcome;
  reached: string[];
  gone: string[];
}

async function send(ctx: Ctx, claimed: ClaimedNotification, address: Address | null): Promise<Result> {
  const { notifier, publicUrl } = ctx.ports;
  if (claimed.channel === "email") {
    if (!address) return nobody("There is no confirmed e-mail address.");
    const unsubscribeUrl = await notifier.unsubscribeUrl(ctx.db.companyId, claimed.userId);
    const outcome = await notifier.sendMail(mailOf(claimed, { ...address, publicUrl, unsubscribeUrl }));
    return { outcome, reached: [], gone: [] };
  }
  if (claimed.browsers.length === 0) return nobody("No browser takes pushes any more.");
  const notice = noticeOf(claimed);
  const outcomes = await Promise.all(
    claimed.browsers.map(async ({ id, ...target }) => ({ id, outcome: await notifier.push(target, notice) })),
  );
  const idsOf = (kind: SendOutcome["kind"]) =>
    outcomes.filter(({ outcome }) => outcome.kind === kind).map(({ id }) => id);
  const later = outcomes.find(({ outcome }) => outcome.kind === "later");
  const reached = idsOf("sent");
  const refused = outcomes.find(({ outcome }) => outcome.kind === "refused");
  const outcome: SendOutcome =
    later?.outcome ?? (reached.length > 0 ? { kind: "sent" } : (refused?.outcome ?? { kind: "gone" }));
  return { outcome, reached, gone: idsOf("gone") };
}

const nobody = (problem: string): Result => ({ outcome: { kind: "refused", problem }, reached: [], gone: [] });

/** Notes what became of it, unless somebody else has taken it over since. */
async function settle({ db }: Ctx, { id, attempts }: ClaimedNotification, result: Result): Promise<void> {
  const { outcome, reached, gone } = result;
  const isOver = outcome.kind !== "later" || attempts >= maxAttempts;
  const status = outcome.kind === "sent" ? "sent" : outcome.kind === "gone" ? "skipped" : isOver ? "failed" : "pending";
  const afterMs = (outcome.kind === "later" ? outcome.afterMs : null) ?? 15_000 * 2 ** attempts;
  await db.raw(sql`
    with forgotten as (
      delete from push_subscriptions where company_id = ${db.companyId}::uuid and id = any(${sql.param(gone)}::uuid[])),
    seen as (
      update push_subscriptions set last_reached_at = now()
      where company_id = ${db.companyId}::uuid and id = any(${sql.param(reached)}::uuid[]))
    update notifications set status = ${status}::notification_status, reached = reached || ${sql.param(reached)}::uuid[],
      problem = ${"problem" in outcome ? outcome.problem : null}::text, claimed_until = null,
      sent_at = case when ${status}::text = 'sent' then now() end,
      due_at = case when ${status}::text = 'pending' then now() + make_interval(secs => ${afterMs}::float8 / 1000) else due_at end
    where company_id = ${db.companyId}::uuid and id = ${id}::uuid and attempts = ${attempts}::int and status = 'sending'`);
}

export interface Address {
  email: string;
  name: string;
}

/** Where people get mail: confirmed addresses alone. Only the system role reads them. */
async function readAddresses(system: Connection, claimed: ClaimedNotification[]): Promise<Map<string, Address>> {
  const ids = [...new Set(claimed.filter(({ channel }) => channel === "email").map(({ userId }) => userId))];
  if (ids.length === 0) return new Map();
  const rows = await system.raw<Address & { id: string }>(sql`
    select id, email, name from users where id = any(${sql.param(ids)}::text[]) and email_verified`);
  return new Map(rows.map(({ id, ...address }) => [id, address]));
}
