import { BoardroomError } from "@boardroom/contract";
import { closeGrace, deliverEvents, startDelivery } from "@boardroom/domain";
import * as z from "zod";
import { jsonAnswer } from "./answer.ts";
import type { AnswerOptions } from "./answer-operation.ts";
import { createSystemCtx, portsOfInvocation } from "./ports.ts";
import { readBodyText } from "./read-body.ts";
import type { ApiRouter } from "./router.ts";

/** Where the queue delivers to, below the public URL. */
export const queueDeliverPath = "/api/queue/deliver";

/** The body of the queue's messages. */
export const queueMessage = z.object({ companyId: z.uuid(), runId: z.uuid() });
export type QueueMessage = z.infer<typeof queueMessage>;
/** Lets an approval take effect whose grace window is over. */
export const closingMessage = z.object({ companyId: z.uuid(), approvalId: z.uuid() });
export type ClosingMessage = z.infer<typeof closingMessage>;

/** Has what happened in a company told to its addresses. */
export const eventMessage = z.object({ companyId: z.uuid(), events: z.literal(true) });
export type EventMessage = z.infer<typeof eventMessage>;

const maxMessageBytes = 64 * 1024;

/**
 * Takes the queue's messages. Anything but 2xx makes the queue try again, so it is answered once the run is claimed: from
 * then on the lease brings it back, and whatever the agent does is no reason to deliver the message twice.
 */
export function mountQueue(router: ApiRouter, { env, ports }: AnswerOptions): void {
  router.post("/queue/deliver", async (c) => {
    const body = await readBodyText(c.req.raw, maxMessageBytes);
    const signature = c.req.header("upstash-signature") ?? "";
    const url = new URL(queueDeliverPath, env.publicUrl).href;
    const isGenuine = signature !== "" && (await env.queueReceiver.verify(signature, body, url).catch(() => false));
    if (!isGenuine) throw new BoardroomError("unauthenticated", "This message is not signed by the queue.");
    const message = readMessage(body);
    if ("approvalId" in message) {
      const ctx = createSystemCtx(env, portsOfInvocation(env, ports), message.companyId, "approval.close");
      return jsonAnswer(200, { closed: await closeGrace(ctx, message.approvalId) }, c.get("requestId"));
    }
    if ("events" in message) {
      const ctx = createSystemCtx(env, portsOfInvocation(env, ports), message.companyId, "webhooks.deliver");
      return jsonAnswer(200, { sent: await deliverEvents(ctx) }, c.get("requestId"));
    }
    const { companyId, runId } = message;
    const ctx = createSystemCtx(env, portsOfInvocation(env, ports), companyId, "run.deliver");
    const { verdict, callAgent } = await startDelivery(ctx, runId);
    if (callAgent) ports.afterwards(callAgent);
    return jsonAnswer(200, { verdict }, c.get("requestId"));
  });
}

function readMessage(body: string): QueueMessage | ClosingMessage | EventMessage {
  const message = z.union([queueMessage, closingMessage, eventMessage]).safeParse(parseJson(body)).data;
  if (!message) throw new BoardroomError("invalid_request", "This is not a message of the queue.");
  return message;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
