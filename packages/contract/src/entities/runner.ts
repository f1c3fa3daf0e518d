import * as z from "zod";
import { runnerStatuses } from "../enums.ts";
import { id, instant, metadata, name, text } from "../primitives.ts";
import { adapterModel, adapterType } from "./adapter.ts";

export const runnerLabel = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,39}$/, "is not a label: small letters, digits, . _ -");
export const runnerLabels = z.array(runnerLabel).max(20);

/** The machine of a runner, as it describes itself. */
export const runnerHost = z
  .object({
    hostname: text(255),
    platform: text(40),
    arch: text(40),
    nodeVersion: text(40),
    runnerVersion: text(40),
  })
  .meta({ id: "RunnerHost" });

/** An adapter whose program was found on the machine. External ones bring what the board needs to configure them. */
export const offeredAdapter = z
  .object({
    type: adapterType,
    version: text(100).nullable().describe("Of the program, as it says itself"),
    label: name(80).nullable().default(null),
    isExternal: z.boolean().default(false),
    configSchema: metadata.nullable().default(null),
    models: z.array(adapterModel).max(100).default([]),
  })
  .meta({ id: "OfferedAdapter" });

export const runner = z
  .object({
    id,
    companyId: id,
    name: z.string(),
    status: z.enum(runnerStatuses),
    isOnline: z.boolean().describe("It holds a connection now"),
    connectedAt: instant.nullable(),
    lastSeenAt: instant.nullable(),
    host: runnerHost,
    adapters: z.array(offeredAdapter),
    labels: z.array(z.string()),
    agentIds: z.array(id).nullable().describe("The agents it may run; null is every one of the company"),
    slots: z.number().int().describe("Runs at a time"),
    usedSlots: z.number().int(),
    createdByUserId: z.string().nullable(),
    revokedAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Runner" });

/** A single-use code that makes a device a runner. */
export const runnerCode = z
  .object({
    id,
    companyId: id,
    name: z.string().nullable(),
    labels: z.array(z.string()),
    agentIds: z.array(id).nullable(),
    expiresAt: instant,
    usedAt: instant.nullable(),
    runnerId: id.nullable(),
    createdAt: instant,
  })
  .meta({ id: "RunnerCode" });
export const createdRunnerCode = runnerCode
  .extend({
    code: z.string().nullable().describe("Shown once; null when a retry replays the creation"),
    command: z.string().nullable().describe("What to type on the machine"),
  })
  .meta({ id: "CreatedRunnerCode" });

/** Why queued work waits for a runner, and which runner could do it if something changed. */
export const runnerWait = z
  .object({
    agentId: id,
    agentName: z.string(),
    runCount: z.number().int(),
    oldestAt: instant,
    reason: z.enum(["no_runner", "offline", "label", "adapter", "agent", "draining", "full", "workspace"]),
    message: z
      .string()
      .describe("A sentence, such as: 3 tasks wait because only Laptop A has the label mac, and it is offline."),
    runnerIds: z.array(id).describe("Runners that would do it"),
  })
  .meta({ id: "RunnerWait" });

export type Runner = z.infer<typeof runner>;
export type RunnerHost = z.infer<typeof runnerHost>;
export type OfferedAdapter = z.output<typeof offeredAdapter>;
export type RunnerCode = z.infer<typeof runnerCode>;
export type RunnerWait = z.infer<typeof runnerWait>;
