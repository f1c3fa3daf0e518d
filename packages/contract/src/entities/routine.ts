import * as z from "zod";
import {
  issuePriorities,
  issueStatuses,
  routineCatchUpPolicies,
  routineConcurrencyPolicies,
  routineRunSources,
  routineRunStatuses,
  routineSigningModes,
  routineStatuses,
  routineTriggerKinds,
} from "../enums.ts";
import { cents, id, instant, text } from "../primitives.ts";

/** The name of a variable, as it stands between `{{` and `}}` in title and description. */
export const variableName = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,59}$/, "is not a name of letters, digits and _");
/** Always there, and so not to be defined: the day and the time of the fire in UTC, and the webhook's body. */
export const builtInVariables = ["date", "timestamp", "payload"] as const;

/** What fills `{{name}}` in a routine's title and description. */
export const routineVariable = z
  .strictObject({
    name: variableName.refine((name) => !builtInVariables.some((known) => known === name), "is always there"),
    description: text(500).nullable().default(null),
    required: z.boolean().default(false).describe("Without a value and a default nothing fires"),
    default: text(4000).nullable().default(null),
  })
  .meta({ id: "RoutineVariable" });

export const routineVariables = z
  .array(routineVariable)
  .max(50)
  .refine((list) => new Set(list.map(({ name }) => name)).size === list.length, "names a variable twice");

export const routineTrigger = z
  .object({
    id,
    companyId: id,
    routineId: id,
    kind: z.enum(routineTriggerKinds),
    label: z.string().nullable(),
    enabled: z.boolean(),
    cronExpression: z.string().nullable(),
    timezone: z.string().nullable(),
    nextRunAt: instant.nullable().describe("Null while the trigger or its routine rests"),
    nextRuns: z.array(instant).describe("The next five, soonest first"),
    publicId: z.string().nullable(),
    webhookUrl: z.string().nullable(),
    signingMode: z.enum(routineSigningModes).nullable(),
    replayWindowSec: z.number().int().nullable(),
    lastFiredAt: instant.nullable(),
    secretRotatedAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "RoutineTrigger" });

/** What a sender of a webhook has to know; the secret is shown this once. */
export const secretMaterial = z
  .object({ webhookUrl: z.string(), webhookSecret: z.string() })
  .meta({ id: "RoutineSecretMaterial" });

export const createdTrigger = z
  .object({
    trigger: routineTrigger,
    secretMaterial: secretMaterial.nullable().describe("Of a webhook trigger, shown once"),
  })
  .meta({ id: "CreatedRoutineTrigger" });

export const routineRun = z
  .object({
    id,
    companyId: id,
    routineId: id,
    triggerId: id.nullable(),
    source: z.enum(routineRunSources),
    status: z.enum(routineRunStatuses),
    reason: z.string().nullable().describe("Why nothing, or no new issue, came of it, as a word"),
    explanation: z.string().nullable().describe("The same as a sentence"),
    scheduledFor: instant.nullable().describe("The slot of a schedule; the first one where it stands for several"),
    missedCount: z.number().int().describe("Missed slots that this entry stands for"),
    variables: z.record(z.string(), z.string()),
    triggerPayload: z.unknown().describe("The webhook's body"),
    linkedIssueId: id.nullable(),
    linkedIssue: z
      .object({ id, identifier: z.string(), title: z.string(), status: z.enum(issueStatuses) })
      .nullable()
      .describe("Null also when it was deleted"),
    triggeredAt: instant,
  })
  .meta({ id: "RoutineRun" });

/** What a revision keeps of a routine. */
export const routineSnapshot = z
  .object({
    title: z.string(),
    description: z.string().nullable(),
    projectId: id.nullable(),
    goalId: id.nullable(),
    assigneeAgentId: id.nullable(),
    priority: z.enum(issuePriorities),
    status: z.enum(routineStatuses),
    concurrencyPolicy: z.enum(routineConcurrencyPolicies),
    catchUpPolicy: z.enum(routineCatchUpPolicies),
    variables: z.array(routineVariable),
    env: z.record(z.string(), z.string()).default({}).describe("Environment of the runs that it causes"),
  })
  .meta({ id: "RoutineSnapshot" });

export const routine = routineSnapshot
  .extend({
    id,
    companyId: id,
    revisionNumber: z.number().int(),
    triggers: z.array(routineTrigger).describe("Oldest first"),
    nextRunAt: instant.nullable().describe("The soonest of its schedules"),
    lastRun: routineRun.nullable(),
    createdByAgentId: id.nullable(),
    createdByUserId: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Routine" });

/** A version of a routine as it was until somebody replaced it. */
export const routineRevision = z
  .object({
    id,
    companyId: id,
    routineId: id,
    revisionNumber: z.number().int(),
    snapshot: routineSnapshot,
    replacedByAgentId: id.nullable(),
    replacedByUserId: z.string().nullable(),
    replacedByName: z.string(),
    createdAt: instant.describe("When it was replaced"),
  })
  .meta({ id: "RoutineRevision" });

/** When a schedule would fire, and what that would cost by what it cost so far. */
export const routinePreview = z
  .object({
    nextRuns: z.array(instant).describe("The next five, soonest first"),
    runsPerMonth: z.number().int().describe("Within the coming 30 days"),
    medianCostCents: cents.nullable().describe("Of one fire: what its latest 20 ended issues cost; null when none has"),
    expectedMonthlyCostCents: cents.nullable(),
  })
  .meta({ id: "RoutinePreview" });

export type RoutineVariable = z.infer<typeof routineVariable>;
export type RoutineTrigger = z.infer<typeof routineTrigger>;
export type CreatedRoutineTrigger = z.infer<typeof createdTrigger>;
export type RoutineRun = z.infer<typeof routineRun>;
export type RoutineSnapshot = z.infer<typeof routineSnapshot>;
export type Routine = z.infer<typeof routine>;
export type RoutineRevision = z.infer<typeof routineRevision>;
export type RoutinePreview = z.infer<typeof routinePreview>;
