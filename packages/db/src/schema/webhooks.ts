import type { WebhookAttempt } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import {
  bigint,
  foreignKey,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from "drizzle-orm/pg-core";
import { companyId, createdAt, instant, newId, updatedAt } from "../columns.ts";
import { companies } from "./companies.ts";
import { webhookDeliveryStatus, webhookEndpointStatus } from "./enums.ts";

/** Addresses that are told what happens in a company. */
export const webhookEndpoints = pgTable(
  "webhook_endpoints",
  {
    companyId: companyId().references(() => companies.id, { onDelete: "cascade" }),
    id: newId(),
    url: text("url").notNull(),
    description: text("description"),
    /** Actions that it is told; `issue.` stands for all that begin so, none for everything. */
    eventTypes: text("event_types").array().notNull().default(sql`'{}'::text[]`),
    status: webhookEndpointStatus("status").notNull().default("active"),
    /** Why Boardroom stopped it; null where a person did. */
    disabledReason: text("disabled_reason"),
    /** The place in the company's feed up to which its deliveries are made. */
    xid: bigint("xid", { mode: "number" }).notNull(),
    seq: bigint("seq", { mode: "number" }).notNull(),
    /** When the feed was last looked at for it. */
    checkedAt: instant("checked_at").notNull().default(sql`now()`),
    lastDeliveredAt: instant("last_delivered_at"),
    /** Since when nothing has got through. */
    failingSince: instant("failing_since"),
    createdByUserId: text("created_by_user_id"),
    createdAt: createdAt(),
    updatedAt: updatedAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("webhook_endpoints_active").on(t.companyId, t.id).where(sql`status = 'active'`),
    index("webhook_endpoints_unchecked").on(t.checkedAt).where(sql`status = 'active'`),
  ],
);

const ofEndpoint = {
  foreignColumns: [webhookEndpoints.companyId, webhookEndpoints.id] as [
    typeof webhookEndpoints.companyId,
    typeof webhookEndpoints.id,
  ],
};

/** Their signing secrets, sealed with the master key; during a rotation two are valid. */
export const webhookEndpointSecrets = pgTable(
  "webhook_endpoint_secrets",
  {
    companyId: companyId(),
    id: newId(),
    endpointId: uuid("endpoint_id").notNull(),
    sealed: text("sealed").notNull(),
    validUntil: instant("valid_until"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("webhook_endpoint_secrets_endpoint").on(t.companyId, t.endpointId),
    index("webhook_endpoint_secrets_master").on(sql`split_part(sealed, '.', 2)`),
    foreignKey({
      columns: [t.companyId, t.endpointId],
      ...ofEndpoint,
      name: "webhook_endpoint_secrets_of_endpoint",
    }).onDelete("cascade"),
  ],
);

/** What an endpoint is, or was, told, and how it went. */
export const webhookDeliveries = pgTable(
  "webhook_deliveries",
  {
    companyId: companyId(),
    id: newId(),
    endpointId: uuid("endpoint_id").notNull(),
    /** What receivers know it by: the same in every attempt, and when it is sent once more. */
    messageId: uuid("message_id").notNull(),
    /** The entry of the log that it tells of, which nobody can delete; none of a test. */
    eventId: uuid("event_id"),
    eventType: text("event_type").notNull(),
    status: webhookDeliveryStatus("status").notNull().default("pending"),
    attempts: jsonb("attempts").$type<WebhookAttempt[]>().notNull().default([]),
    attemptCount: integer("attempt_count").notNull().default(0),
    /** When it is due; while somebody sends it, when it is taken to be lost. */
    nextAttemptAt: instant("next_attempt_at"),
    /** The delivery that this one repeats. */
    replayOfId: uuid("replay_of_id"),
    createdAt: createdAt(),
  },
  (t) => [
    primaryKey({ columns: [t.companyId, t.id] }),
    index("webhook_deliveries_endpoint").on(t.companyId, t.endpointId, t.id),
    // However often the feed is read: an entry is told once.
    uniqueIndex("webhook_deliveries_once").on(t.companyId, t.endpointId, t.eventId).where(sql`replay_of_id is null`),
    index("webhook_deliveries_pending").on(t.companyId, t.endpointId, t.nextAttemptAt).where(sql`status = 'pending'`),
    index("webhook_deliveries_due").on(t.nextAttemptAt).where(sql`status = 'pending'`),
    index("webhook_deliveries_failed").on(t.companyId, t.endpointId, t.id).where(sql`status = 'failed'`),
    foreignKey({
      columns: [t.companyId, t.endpointId],
      ...ofEndpoint,
      name: "webhook_deliveries_of_endpoint",
    }).onDelete("cascade"),
  ],
);
