import * as z from "zod";
import { evidenceKinds, reviewStageKinds, reviewStageStatuses, treeHoldModes, treeHoldStatuses } from "../enums.ts";
import { id, instant } from "../primitives.ts";

/** An issue that the board paused or cancelled together with all below it. */
export const treeHold = z
  .object({
    id,
    companyId: id,
    issueId: id,
    mode: z.enum(treeHoldModes),
    status: z.enum(treeHoldStatuses),
    reason: z.string().nullable(),
    createdByUserId: z.string().nullable(),
    createdByName: z.string().nullable(),
    issueCount: z.number().int().describe("Issues that it cancelled, or whose runs it stopped"),
    runCount: z.number().int().describe("Runs that it stopped"),
    releasedByUserId: z.string().nullable(),
    releaseNote: z.string().nullable(),
    releasedAt: instant.nullable(),
    createdAt: instant,
  })
  .meta({ id: "TreeHold" });

/** What a hold would do. */
export const treeHoldPreview = z
  .object({
    issueId: id,
    issueCount: z.number().int().describe("The issue and all below it"),
    openCount: z.number().int(),
    runningCount: z.number().int().describe("Runs at work on them"),
    queuedCount: z.number().int(),
  })
  .meta({ id: "TreeHoldPreview" });

/** A hold as the issues below it show it. */
export const holdAbove = z
  .object({ id, issueId: id, identifier: z.string(), reason: z.string().nullable(), createdAt: instant })
  .meta({ id: "HoldAbove" });

/** One who has to look at the work before it is done. */
export const reviewStage = z
  .object({
    id,
    issueId: id,
    position: z.number().int(),
    kind: z.enum(reviewStageKinds),
    reviewerAgentId: id.nullable(),
    reviewerUserId: z.string().nullable(),
    status: z.enum(reviewStageStatuses),
    note: z.string().nullable(),
    decidedByAgentId: id.nullable(),
    decidedByUserId: z.string().nullable(),
    decidedByName: z.string().nullable(),
    decidedAt: instant.nullable(),
  })
  .meta({ id: "ReviewStage" });

/** A stage at which a review stands, with the names that a card shows. */
export const reviewListItem = reviewStage
  .extend({
    issueIdentifier: z.string(),
    issueTitle: z.string(),
    assigneeName: z.string().nullable(),
    updatedAt: instant,
  })
  .meta({ id: "ReviewListItem" });

/** What has to be true before the issue is done, with what shows it. */
export const criterion = z
  .object({
    id,
    issueId: id,
    position: z.number().int(),
    text: z.string(),
    isRequired: z.boolean(),
    evidenceKind: z.enum(evidenceKinds).nullable(),
    evidenceRef: z
      .string()
      .nullable()
      .describe("The id of a comment, work product or attachment, the key of a document, or an address"),
    evidenceNote: z.string().nullable(),
    metByAgentId: id.nullable(),
    metByUserId: z.string().nullable(),
    metByName: z.string().nullable(),
    metAt: instant.nullable(),
  })
  .meta({ id: "Criterion" });

/** Why an issue can't be done: the stages of its review that are open. */
export const reviewOpen = z.object({ issueId: id, stages: z.array(reviewStage) }).meta({ id: "ReviewOpen" });

/** Why an issue can't be done: the required criteria without evidence. */
export const evidenceMissing = z
  .object({ issueId: id, criteria: z.array(criterion.pick({ id: true, text: true })) })
  .meta({ id: "EvidenceMissing" });

export type TreeHold = z.infer<typeof treeHold>;
export type TreeHoldPreview = z.infer<typeof treeHoldPreview>;
export type HoldAbove = z.infer<typeof holdAbove>;
export type ReviewStage = z.infer<typeof reviewStage>;
export type ReviewListItem = z.infer<typeof reviewListItem>;
export type Criterion = z.infer<typeof criterion>;
export type ReviewOpen = z.infer<typeof reviewOpen>;
export type EvidenceMissing = z.infer<typeof evidenceMissing>;
