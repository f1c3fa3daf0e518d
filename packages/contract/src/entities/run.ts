import * as z from "zod";
import { errorFamilies, invocationSources, runLivenesses, runStatuses, wakeStatuses } from "../enums.ts";
import { cents, id, instant, metadata, text } from "../primitives.ts";

/** Tokens and money as an agent reports them. */
export const usage = z
  .object({
    inputTokens: z.number().int().min(0).max(1e12).optional(),
    cachedInputTokens: z.number().int().min(0).max(1e12).optional(),
    outputTokens: z.number().int().min(0).max(1e12).optional(),
  })
  .meta({ id: "Usage" });

/** How a run ended, as a webhook's 2xx answer or `POST …/complete` states it. */
export const runResult = z
  .object({
    status: z.enum(["succeeded", "failed", "cancelled"]).default("succeeded"),
    summary: text(8000).nullable().optional(),
    error: text(8000).nullable().optional(),
    errorCode: text(100).nullable().optional(),
    errorFamily: z
      .enum(errorFamilies)
      .nullable()
      .optional()
      .describe("`transient` and `quota` are tried again by a new run; a failure without a family is not"),
    retryAfterSec: z.number().int().min(0).max(86_400).nullable().optional().describe("Not tried again before"),
    usage: usage.nullable().optional(),
    costUsd: z.number().min(0).max(1_000_000).nullable().optional(),
    provider: text(100).nullable().optional(),
    model: text(200).nullable().optional(),
    sessionParams: metadata.nullable().optional().describe("Given back to the next run of the same task"),
    clearSession: z.boolean().optional().describe("Forget the task's session: the next run starts fresh"),
    externalRunId: text(200).nullable().optional(),
    exitCode: z.int32().nullable().optional().describe("Of the program, where the agent is one"),
  })
  .meta({ id: "RunResult" });

export const run = z
  .object({
    id,
    companyId: id,
    agentId: id,
    wakeId: id,
    issueId: id.nullable().describe("The task that the run was woken for"),
    invocationSource: z.enum(invocationSources),
    triggerDetail: z.string().nullable(),
    status: z.enum(runStatuses),
    attempt: z.number().int().describe("How often delivery was tried"),
    availableAt: instant.describe("Not started before"),
    startedAt: instant.nullable(),
    acknowledgedAt: instant.nullable().describe("When the agent accepted the run or first used its token"),
    finishedAt: instant.nullable(),
    cancelRequestedAt: instant.nullable(),
    error: z.string().nullable(),
    errorCode: z.string().nullable(),
    errorFamily: z.enum(errorFamilies).nullable(),
    exitCode: z.number().int().nullable(),
    externalRunId: z.string().nullable(),
    sessionIdBefore: z.string().nullable(),
    sessionIdAfter: z.string().nullable(),
    usageJson: z.record(z.string(), z.unknown()).nullable(),
    resultJson: z.record(z.string(), z.unknown()).nullable(),
    contextSnapshot: z.record(z.string(), z.unknown()).nullable(),
    logBytes: z.number().int(),
    retryOfRunId: id.nullable(),
    retryNumber: z.number().int().describe("How often the task was tried before, along `retryOfRunId`"),
    waitReason: z.string().nullable().describe("Why a queued run waits, though it was tried"),
    deadlineAt: instant.nullable().describe("When the run is told to stop"),
    lastProgressAt: instant.nullable().describe("The last event, log chunk or progress; a bare renewal is none"),
    leaseExpiresAt: instant.nullable(),
    fence: z.number().int().nullable(),
    runnerId: id.nullable().describe("Whose machine it runs on"),
    executionWorkspaceId: id.nullable().describe("Where it works there"),
    costCents: cents.describe("Cost reported for this run so far"),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Run" });

/** A run as lists and the live strip show it. */
export const runListItem = run
  .extend({
    agentName: z.string(),
    issueIdentifier: z.string().nullable(),
    issueTitle: z.string().nullable(),
    runnerName: z.string().nullable(),
    liveness: z.enum(runLivenesses).nullable().describe("Of a running run"),
  })
  .meta({ id: "RunListItem" });

export const wake = z
  .object({
    id,
    companyId: id,
    agentId: id,
    source: z.enum(invocationSources),
    reason: z.string(),
    triggerDetail: z.string().nullable(),
    issueId: id.nullable(),
    payload: z.record(z.string(), z.unknown()).nullable(),
    status: z.enum(wakeStatuses),
    skipReason: z.string().nullable(),
    coalescedCount: z.number().int(),
    runId: id.nullable(),
    parentRunId: id.nullable(),
    hop: z.number().int(),
    createdAt: instant,
    resolvedAt: instant.nullable(),
  })
  .meta({ id: "Wake" });

/** A wake as the agent's list shows it: with what caused it and what became of it. */
export const wakeListItem = wake
  .extend({
    issueIdentifier: z.string().nullable(),
    issueTitle: z.string().nullable(),
    causedBy: z.string().nullable().describe("Who wrote the comment, or the agent whose run caused it"),
    run: z
      .object({
        status: z.enum(runStatuses),
        waitReason: z.string().nullable(),
        availableAt: instant,
        startedAt: instant.nullable(),
        finishedAt: instant.nullable(),
        costCents: cents,
      })
      .nullable(),
  })
  .meta({ id: "WakeListItem" });

/** One run of the chain that led to a run: what woke it, and how the chain goes on from it. */
export const runAncestor = z
  .object({
    runId: id,
    agentId: id,
    agentName: z.string(),
    status: z.enum(runStatuses),
    issueIdentifier: z.string().nullable(),
    createdAt: instant,
    source: z.enum(invocationSources),
    reason: z.string().describe("Why this run was woken"),
    causedBy: z.string().nullable().describe("Who wrote the comment that woke it"),
    ledTo: z
      .enum(["caused", "retried"])
      .nullable()
      .describe("How the next run of the chain came out of this one; null for the run itself"),
  })
  .meta({ id: "RunAncestor" });

export const runDetail = runListItem
  .extend({
    wake: wake.nullable().describe("Why it woke"),
    retriedByRunId: id.nullable().describe("The run that tried its task again"),
    checkedOutIssues: z.array(z.object({ id, identifier: z.string(), title: z.string() })),
  })
  .meta({ id: "RunDetail" });

export const runEvent = z
  .object({
    runId: id,
    seq: z.number().int().describe("Grows within the run; the order of events"),
    agentSeq: z.number().int().nullable().describe("The agent's own number of an event that it reported"),
    kind: z.string(),
    message: z.string(),
    data: z.record(z.string(), z.unknown()).nullable(),
    createdAt: instant,
  })
  .meta({ id: "RunEvent" });

/** The answer to a renewal: what the executor must do now, and a fresh token. */
export const renewal = z
  .object({
    action: z.enum(["continue", "cancel", "drain", "pause"]),
    reason: z.string().nullable(),
    leaseExpiresAt: instant,
    runToken: z.string(),
    fence: z.number().int(),
  })
  .meta({ id: "Renewal" });

export type Run = z.infer<typeof run>;
export type RunListItem = z.infer<typeof runListItem>;
export type RunDetail = z.infer<typeof runDetail>;
export type RunEvent = z.infer<typeof runEvent>;
export type RunResult = z.output<typeof runResult>;
export type Wake = z.infer<typeof wake>;
export type WakeListItem = z.infer<typeof wakeListItem>;
export type RunAncestor = z.infer<typeof runAncestor>;
export type Renewal = z.infer<typeof renewal>;
export type Usage = z.infer<typeof usage>;
