import * as z from "zod";
import { createdWebhookEndpoint, webhookDelivery, webhookEndpoint, webhookEventType } from "../entities/webhook.ts";
import { webhookDeliveryStatuses, webhookEndpointStatuses } from "../enums.ts";
import { operation } from "../operation.ts";
import { companyParams, id, idempotencyKey, idParams, instant, pageQuery, text } from "../primitives.ts";

const people = { tag: "Webhooks", callers: ["user"], role: "admin" } as const;
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams, ...people } as const;
const ofEndpoint = { locate: { by: "webhookEndpoint", param: "id" }, params: idParams, ...people } as const;

const url = text(2000).min(1).describe("A public https address; redirects are not followed");
const fields = {
  description: text(500).nullable().optional(),
  eventTypes: z
    .array(webhookEventType)
    .max(50)
    .optional()
    .describe("Actions of the log, as in `issue.created`, or kinds of them, as in `issue.`; everything when empty"),
};

export const webhookOperations = {
  "webhookEndpoints.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/webhook-endpoints",
    summary: "The addresses that are told what happens in a company, newest first",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(webhookEndpoint),
    status: 200,
    paged: true,
  }),
  "webhookEndpoints.create": operation({
    ...inCompany,
    method: "POST",
    path: "/companies/:cid/webhook-endpoints",
    summary: "Tell an address, signed, what happens from now on; the signing secret is shown this once",
    effect: "write",
    body: z.strictObject({ url, ...fields, idempotencyKey }),
    output: createdWebhookEndpoint,
    status: 201,
    creates: true,
    errors: ["unsafe_url", "conflict", "company_not_active"],
  }),
  "webhookEndpoints.get": operation({
    ...ofEndpoint,
    method: "GET",
    path: "/webhook-endpoints/:id",
    summary: "One address, and how it goes with it",
    effect: "read",
    output: webhookEndpoint,
    status: 200,
  }),
  "webhookEndpoints.update": operation({
    ...ofEndpoint,
    method: "PATCH",
    path: "/webhook-endpoints/:id",
    summary:
      "Change an address or what it is told, stop it, or start it again: then it is told what happens from now on",
    effect: "write",
    body: z.strictObject({ url: url.optional(), ...fields, status: z.enum(webhookEndpointStatuses).optional() }),
    output: webhookEndpoint,
    status: 200,
    errors: ["unsafe_url"],
  }),
  "webhookEndpoints.delete": operation({
    ...ofEndpoint,
    method: "DELETE",
    path: "/webhook-endpoints/:id",
    summary: "Delete an address with the log of its deliveries",
    effect: "destroy",
    output: null,
    status: 204,
  }),
  "webhookEndpoints.rotateSecret": operation({
    ...ofEndpoint,
    method: "POST",
    path: "/webhook-endpoints/:id/rotate-secret",
    summary: "Make the next signing secret, shown this once; the previous one signs along for 24 hours",
    effect: "write",
    output: z.object({ webhookSecret: z.string(), previousValidUntil: instant }),
    status: 200,
    errors: ["conflict"],
  }),
  "webhookEndpoints.deliveries": operation({
    ...ofEndpoint,
    method: "GET",
    path: "/webhook-endpoints/:id/deliveries",
    summary: "What an address was told in the last 30 days and how it went, newest first",
    effect: "read",
    query: z.object({ ...pageQuery, status: z.enum(webhookDeliveryStatuses).optional() }),
    output: z.array(webhookDelivery),
    status: 200,
    paged: true,
  }),
  "webhookEndpoints.test": operation({
    ...ofEndpoint,
    method: "POST",
    path: "/webhook-endpoints/:id/test",
    summary: "Send a `webhook.test` once, now, and answer how it went; also to an address that is stopped",
    effect: "write",
    output: webhookDelivery,
    status: 200,
  }),
  "webhookEndpoints.replay": operation({
    ...ofEndpoint,
    method: "POST",
    path: "/webhook-endpoints/:id/replay",
    summary:
      "Send one delivery once more, or all that did not get through since a time, also what happened while the address was stopped; the oldest 1,000",
    effect: "write",
    body: z
      .strictObject({
        deliveryId: id.optional(),
        since: instant.optional().describe("At most 30 days ago"),
      })
      .refine(
        ({ deliveryId, since }) => (deliveryId === undefined) !== (since === undefined),
        "takes deliveryId or since",
      ),
    output: z.object({ count: z.number().int().describe("Deliveries made"), hasMore: z.boolean() }),
    status: 202,
    errors: ["invalid_reference", "conflict"],
  }),
} as const;
