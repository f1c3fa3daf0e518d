import * as z from "zod";
import { agentStatuses, contextModes } from "../enums.ts";
import { budgetCents, cents, id, instant, metadata, name, text } from "../primitives.ts";
import { adapterType } from "./adapter.ts";
import { instructionFiles } from "./agent-config.ts";
import { runnerLabels } from "./runner.ts";

const heartbeatConfig = z.object({
  enabled: z.boolean().default(false).describe("Timer heartbeats on"),
  intervalSec: z.number().int().min(60).max(2_592_000).default(3600).describe("Seconds between timer heartbeats"),
  wakeOnDemand: z.boolean().default(true),
  maxConcurrentRuns: z.number().int().min(1).max(10).default(1),
  timeoutSec: z.number().int().min(60).max(86_400).default(3600).describe("A run is told to stop after this long"),
  maxRunsPerDay: z.number().int().min(1).max(10_000).nullable().default(null).describe("Null is unlimited"),
  maxCostPerDayCents: z.number().min(0).max(100_000_000).nullable().default(null).describe("Null is unlimited"),
});

/** Heartbeat settings to change: left out they stay, given they are whole, with a default for each field. */
export const runtimeConfigChange = z
  .object({
    heartbeat: heartbeatConfig.optional(),
    runner: z
      .object({
        runnerId: id.nullable().default(null).describe("Runs only on this runner"),
        labels: runnerLabels.default([]).describe("Runs only on runners that have all of these labels"),
      })
      .optional()
      .describe("Which machines may run it; of adapters that need one"),
  })
  .meta({ id: "RuntimeConfigChange" });

/** Heartbeat settings; every field has a default so that a partial object is enough. */
export const runtimeConfig = z
  .object({ ...runtimeConfigChange.shape, heartbeat: heartbeatConfig.prefault({}) })
  .prefault({})
  .meta({ id: "RuntimeConfig" });

export const agentPermissions = z.object({ canCreateAgents: z.boolean().default(false) }).prefault({});

export const agent = z
  .object({
    id,
    companyId: id,
    name: z.string(),
    urlKey: z.string().describe("The name as it stands in URLs, unique in the company"),
    role: z.string(),
    title: z.string().nullable(),
    icon: z.string().nullable(),
    status: z.enum(agentStatuses),
    reportsTo: id.nullable(),
    capabilities: z.string().nullable(),
    adapterType,
    adapterConfig: z.record(z.string(), z.unknown()),
    runtimeConfig,
    contextMode: z.enum(contextModes),
    budgetMonthlyCents: budgetCents,
    spentMonthlyCents: cents,
    pauseReason: z.string().nullable(),
    pausedAt: instant.nullable(),
    permissions: z.object({ canCreateAgents: z.boolean() }),
    lastHeartbeatAt: instant.nullable(),
    nextWakeAt: instant.nullable().describe("When the next timer heartbeat is due"),
    metadata: z.record(z.string(), z.unknown()).nullable(),
    instructionsVersion: z.number().int().nullable().describe("Of its bundle; null while there is none"),
    originApprovalId: id.nullable().describe("The approved plan that it was hired with"),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Agent" });

export const agentSelf = agent
  .extend({
    chainOfCommand: z.array(z.object({ id, name: z.string(), role: z.string(), title: z.string().nullable() })),
  })
  .meta({ id: "AgentSelf" });

/** What hiring takes, by the board directly or as a proposal of an agent. */
export const agentDraft = z
  .strictObject({
    name: name(80),
    role: name(80).default("general"),
    title: text(120).nullable().optional(),
    icon: text(40).nullable().optional(),
    reportsTo: id.nullable().optional(),
    capabilities: text(4000).nullable().optional(),
    adapterType: adapterType.default("http"),
    adapterConfig: metadata.describe("As `GET /adapters/:type/config-schema` says"),
    runtimeConfig: runtimeConfig.optional(),
    contextMode: z.enum(contextModes).optional(),
    budgetMonthlyCents: budgetCents.optional(),
    permissions: agentPermissions.optional(),
    metadata: metadata.nullable().optional(),
    instructions: instructionFiles.optional().describe("Its bundle to begin with: `AGENTS.md` and files beside it"),
  })
  .meta({ id: "AgentDraft" });

/** What a revision of an agent's configuration holds that can be gone back to. */
export const agentConfigSnapshot = z.object({
  name: z.string(),
  role: z.string(),
  title: z.string().nullable(),
  icon: z.string().nullable(),
  reportsTo: id.nullable(),
  capabilities: z.string().nullable(),
  adapterType,
  adapterConfig: z.record(z.string(), z.unknown()),
  runtimeConfig,
  contextMode: z.enum(contextModes),
  permissions: z.object({ canCreateAgents: z.boolean() }),
  metadata: z.record(z.string(), z.unknown()).nullable(),
  instructionsVersion: z.number().int().nullable(),
});

/** The answer to hiring: the signing secret is shown here and never again. */
export const hiredAgent = agent
  .extend({
    webhookSecret: z.string().nullable().describe("`whsec_…`, shown once; null when a retry replays the hiring"),
  })
  .meta({ id: "HiredAgent" });

export const key = z
  .object({
    id,
    name: z.string(),
    prefix: z.string().describe("First characters, to recognise it by"),
    scopes: z.array(z.string()),
    expiresAt: instant.nullable(),
    lastUsedAt: instant.nullable(),
    revokedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: "Key" });
export const createdKey = key
  .extend({ token: z.string().nullable().describe("Shown once; null when a retry replays the creation") })
  .meta({ id: "CreatedKey" });

export const runtimeState = z
  .object({
    agentId: id,
    sessionId: z.string().nullable(),
    sessionParams: z.record(z.string(), z.unknown()).nullable(),
    lastRunId: id.nullable(),
    lastRunStatus: z.string().nullable(),
    lastError: z.string().nullable(),
    totalRuns: z.number().int(),
    totalCostCents: cents,
    updatedAt: instant,
  })
  .meta({ id: "RuntimeState" });

/** What an agent carries from run to run of one task. */
export const taskSession = z
  .object({
    agentId: id,
    taskKey: z.string().describe("An issue's id, or `agent`"),
    issueId: id.nullable(),
    issueIdentifier: z.string().nullable(),
    issueTitle: z.string().nullable(),
    sessionId: z.string().nullable(),
    sessionParams: z.record(z.string(), z.unknown()).nullable(),
    cwd: z.string().nullable(),
    lastRunId: id,
    lastRunStatus: z.string().nullable(),
    lastError: z.string().nullable(),
    runCount: z.number().int(),
    fruitlessRuns: z.number().int().describe("Runs in a row that changed nothing anybody can see"),
    quietUntil: instant.nullable().describe("Until then only the board and timers wake the agent for this task"),
    updatedAt: instant,
  })
  .meta({ id: "TaskSession" });

/** An agent's timer and what it saved. */
export const agentSchedule = z
  .object({
    agentId: id,
    enabled: z.boolean(),
    intervalSec: z.number().int().nullable(),
    nextWakeAt: instant.nullable(),
    nextWakes: z.array(instant).describe("The next five timer heartbeats"),
    emptySkips: z.number().int().describe("Heartbeats that found no work and woke nobody"),
    lastEmptyAt: instant.nullable(),
    savedCents: cents.describe("What those would have cost, at the median of the agent's last runs"),
    runsToday: z.number().int(),
    costTodayCents: cents,
    maxRunsPerDay: z.number().int().nullable(),
    maxCostPerDayCents: cents.nullable(),
    refusal: z.string().nullable().describe("Why the agent can't be woken now, in a sentence; null when it can"),
  })
  .meta({ id: "AgentSchedule" });

/** One node of the org chart; `reports` holds those who report to it. */
export interface OrgNode {
  id: string;
  name: string;
  urlKey: string;
  role: string;
  title: string | null;
  status: (typeof agentStatuses)[number];
  pauseReason: string | null;
  /** The nearest manager above it that is paused. */
  pausedAbove: { id: string; name: string } | null;
  budgetMonthlyCents: number | null;
  spentMonthlyCents: number;
  reports: OrgNode[];
}
export const orgNode: z.ZodType<OrgNode> = z
  .object({
    id,
    name: z.string(),
    urlKey: z.string(),
    role: z.string(),
    title: z.string().nullable(),
    status: z.enum(agentStatuses),
    pauseReason: z.string().nullable(),
    pausedAbove: z.object({ id, name: z.string() }).nullable().describe("The nearest manager above it that is paused"),
    budgetMonthlyCents: budgetCents,
    spentMonthlyCents: cents,
    get reports() {
      return z.array(orgNode);
    },
  })
  .meta({ id: "OrgNode" });

export type Agent = z.infer<typeof agent>;
export type HiredAgent = z.infer<typeof hiredAgent>;
export type AgentSelf = z.infer<typeof agentSelf>;
export type AgentDraft = z.output<typeof agentDraft>;
export type RuntimeConfig = z.output<typeof runtimeConfig>;
export type TaskSession = z.infer<typeof taskSession>;
export type AgentSchedule = z.infer<typeof agentSchedule>;
export type Key = z.infer<typeof key>;
