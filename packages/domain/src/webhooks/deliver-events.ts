import type { Ctx } from "../context.ts";
import { type ClaimedDelivery, claimDeliveries } from "./claim-deliveries.ts";
import { endpointSecretContext } from "./endpoint-secret.ts";
import { planDeliveries } from "./plan-deliveries.ts";
import { type SentDelivery, settleDeliveries } from "./settle-deliveries.ts";

/** Deliveries on their way at a time: a call of the Worker may wait on six connections, and the database is one. */
const connections = 5;
/** Nothing new is begun after this long: whoever called waits for the answer, and the queue calls again. */
const beginsWithinMs = 15_000;
const heldBackMs = 1000;
/** The database's clock says when something is due: the message comes a little later rather than a little too early. */
const marginMs = 1000;
/** What is due later than this the tick has called for in time. */
const tickMs = 60_000;

/**
 * Tells a company's endpoints what happened: reads the feed, makes deliveries of it, and sends what is due. Any number may do so at
 * once; what is left is handed to the queue again, and the tick finds what nobody was called for.
 * @returns how many were sent
 */
export async function deliverEvents(ctx: Ctx): Promise<number> {
  const startedAt = Date.now();
  let sent = 0;
  let goesOn = true;
  let isHeldBack = false;
  let againMs = Number.POSITIVE_INFINITY;
  while (goesOn && Date.now() - startedAt < beginsWithinMs) {
    const plan = await planDeliveries(ctx);
    const claimed = await claimDeliveries(ctx);
    const settled = await sendClaimed(ctx, claimed);
    sent += claimed.length;
    againMs = Math.min(againMs, ...settled.map(({ nextAttemptAt }) => waitOf(nextAttemptAt)));
    isHeldBack = plan.isHeldBack;
    goesOn = plan.hasMore || claimed.length > 0;
  }
  if (isHeldBack) againMs = Math.min(againMs, heldBackMs);
  if (goesOn) againMs = 0;
  if (againMs < tickMs) await ctx.ports.eventWebhooks.deliverSoon([ctx.db.companyId], againMs);
  return sent;
}

const waitOf = (instant: string | null): number =>
  instant === null ? Number.POSITIVE_INFINITY : Math.max(0, Date.parse(instant) - Date.now()) + marginMs;

/** Sends what was claimed, and keeps how it went. */
export async function sendClaimed(ctx: Ctx, claimed: readonly ClaimedDelivery[]) {
  if (claimed.length === 0) return [];
  const waiting = [...claimed];
  const sent: SentDelivery[] = [];
  const work = async () => {
    for (let delivery = waiting.shift(); delivery; delivery = waiting.shift()) sent.push(await send(ctx, delivery));
  };
  await Promise.all(Array.from({ length: connections }, work));
  return settleDeliveries(ctx, sent);
}

async function send(ctx: Ctx, delivery: ClaimedDelivery): Promise<SentDelivery> {
  const { url, messageId, sealedSecrets } = delivery;
  const context = endpointSecretContext(ctx.db.companyId);
  const secrets = await Promise.all(sealedSecrets.map((sealed) => ctx.ports.secrets.open(sealed, context)));
  return {
    delivery,
    answer: await ctx.ports.eventWebhooks.send({ url, secrets, messageId, body: bodyOf(ctx, delivery) }),
  };
}

/** What is sent: the entry of the log as the company's live feed has it. */
function bodyOf({ db }: Ctx, { event, eventType, createdAt, endpointId }: ClaimedDelivery): string {
  const data = event ?? { endpointId };
  return JSON.stringify({
    type: eventType,
    timestamp: event?.createdAt ?? createdAt,
    data: { companyId: db.companyId, ...data },
  });
}
