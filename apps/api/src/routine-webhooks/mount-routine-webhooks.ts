import { BoardroomError } from "@boardroom/contract";
import { findWebhookTrigger, takeWebhook, triggerSecretContext, type WebhookTrigger } from "@boardroom/domain";
import { jsonAnswer } from "../answer.ts";
import type { AnswerOptions } from "../answer-operation.ts";
import { createSystemCtx, portsOfInvocation } from "../ports.ts";
import { readBodyText } from "../read-body.ts";
import { parseJson } from "../read-json.ts";
import type { ApiRouter } from "../router.ts";
import { type Delivery, statedTime, verifyDelivery } from "./verify-delivery.ts";

const maxBodyBytes = 64 * 1024;
const publicIdForm = /^[0-9a-f]{32}$/;

/**
 * Takes the webhooks of routines. Who can't prove to have the secret learns nothing, not even whether there is such a trigger;
 * who can is told what came of it.
 */
export function mountRoutineWebhooks(router: ApiRouter, options: AnswerOptions): void {
  const { env, ports } = options;
  router.post("/routine-triggers/public/:publicId/fire", async (c) => {
    const { headers } = c.req.raw;
    const body = await readBodyText(c.req.raw, maxBodyBytes);
    const trigger = await findTrigger(options, c.req.param("publicId"), headers);
    const nonces = trigger && (await prove(options, trigger, { headers, body }));
    if (!trigger || !nonces) throw refusedDelivery();
    if (trigger.signingMode === "hmac_sha256" && trigger.isInWindow !== true) {
      const seconds = trigger.replayWindowSec;
      throw new BoardroomError("unauthenticated", `The timestamp is more than ${seconds} seconds off. Send it anew.`);
    }
    // GitHub asks whether somebody is there before it sends anything that happened.
    if (trigger.signingMode === "github_hmac" && headers.get("x-github-event") === "ping") {
      return jsonAnswer(200, { status: "pong" }, c.get("requestId"));
    }
    const payload = readPayload(body, headers);
    const ctx = createSystemCtx(env, portsOfInvocation(env, ports), trigger.companyId, "routines.webhook");
    const { id, status, reason, explanation } = await takeWebhook(ctx, trigger, { payload, nonces });
    return jsonAnswer(202, { id, status, reason, explanation }, c.get("requestId"));
  });
}

async function findTrigger({ env }: AnswerOptions, publicId: string, headers: Headers): Promise<WebhookTrigger | null> {
  if (!publicIdForm.test(publicId)) return null;
  return findWebhookTrigger(env.database.system("auth:routines.webhook"), publicId, statedTime(headers));
}

async function prove({ ports }: AnswerOptions, trigger: WebhookTrigger, delivery: Delivery): Promise<string[] | null> {
  const secret = await ports.secrets.open(trigger.sealed, triggerSecretContext(trigger.companyId));
  return verifyDelivery(trigger.signingMode, secret, delivery);
}

const refusedDelivery = () =>
  new BoardroomError("unauthenticated", "There is no such webhook, or this delivery is not signed with its secret.");

/** The body as JSON; GitHub may also send it as the field of a form. */
function readPayload(body: string, headers: Headers): unknown {
  const isForm = headers.get("content-type")?.startsWith("application/x-www-form-urlencoded") ?? false;
  const text = isForm ? (new URLSearchParams(body).get("payload") ?? "") : body;
  return text.trim() === "" ? null : parseJson(text);
}
