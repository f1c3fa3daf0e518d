import * as z from "zod";
import { webhookDeliveryStatuses, webhookEndpointStatuses } from "../enums.ts";
import { id, instant } from "../primitives.ts";

/** One try to reach an endpoint. */
export const webhookAttempt = z
  .object({
    at: instant,
    status: z.number().int().nullable().describe("Of the answer; null when there was none"),
    durationMs: z.number().int(),
    error: z.string().nullable().describe("Why it does not count as delivered, as a sentence"),
    response: z.string().nullable().describe("The beginning of the answer's body"),
  })
  .meta({ id: "WebhookAttempt" });

/** Actions of the log, as in `issue.created`; one that ends in a dot stands for all that begin so. */
export const webhookEventType = z
  .string()
  .max(100)
  .regex(/^[a-z][a-z_]*\.[a-z_]*$/, "is not an action, as in issue.created, nor a kind of them, as in issue.");

export const webhookEndpoint = z
  .object({
    id,
    companyId: id,
    url: z.string(),
    description: z.string().nullable(),
    eventTypes: z.array(webhookEventType).describe("What it is told; everything when empty"),
    status: z.enum(webhookEndpointStatuses),
    disabledReason: z.string().nullable().describe("Why Boardroom stopped it; null where a person did"),
    pendingCount: z.number().int().describe("Deliveries that are to be made; not counted beyond 1,000"),
    lastDeliveredAt: instant.nullable(),
    failingSince: instant.nullable().describe("Since when nothing has got through"),
    createdByUserId: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "WebhookEndpoint" });

export const createdWebhookEndpoint = webhookEndpoint
  .extend({ webhookSecret: z.string().nullable().describe("`whsec_…`, shown this once; null in a repeated answer") })
  .meta({ id: "CreatedWebhookEndpoint" });

export const webhookDelivery = z
  .object({
    id,
    companyId: id,
    endpointId: id,
    messageId: id.describe("The `webhook-id` that it is sent under, the same when it is replayed"),
    eventId: id.nullable().describe("The entry of the log that it tells of; null for a test"),
    eventType: z.string(),
    status: z.enum(webhookDeliveryStatuses),
    attempts: z.array(webhookAttempt).describe("The first one first"),
    nextAttemptAt: instant.nullable().describe("Of one that is pending"),
    replayOfId: id.nullable().describe("The delivery that this one repeats"),
    createdAt: instant,
  })
  .meta({ id: "WebhookDelivery" });

export type WebhookAttempt = z.infer<typeof webhookAttempt>;
export type WebhookEndpoint = z.infer<typeof webhookEndpoint>;
export type CreatedWebhookEndpoint = z.infer<typeof createdWebhookEndpoint>;
export type WebhookDelivery = z.infer<typeof webhookDelivery>;
