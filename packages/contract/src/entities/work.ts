import * as z from "zod";
import { goalLevels, goalStatuses, projectStatuses } from "../enums.ts";
import { id, instant } from "../primitives.ts";

export const goal = z
  .object({
    id,
    companyId: id,
    title: z.string(),
    description: z.string().nullable(),
    level: z.enum(goalLevels),
    status: z.enum(goalStatuses),
    parentId: id.nullable(),
    ownerAgentId: id.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Goal" });

export const project = z
  .object({
    id,
    companyId: id,
    goalIds: z.array(id),
    name: z.string(),
    description: z.string().nullable(),
    status: z.enum(projectStatuses),
    leadAgentId: id.nullable(),
    targetDate: z.iso.date().nullable(),
    env: z.record(z.string(), z.string()).describe("Environment of the runs on its issues; values may name secrets"),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Project" });

export const milestone = z
  .object({
    id,
    companyId: id,
    projectId: id,
    name: z.string(),
    description: z.string().nullable(),
    targetDate: z.iso.date().nullable(),
    issueCount: z.number().int().describe("Issues in it, cancelled ones left out"),
    doneCount: z.number().int().describe("Those of them that are done"),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "Milestone" });

export const label = z
  .object({ id, companyId: id, name: z.string(), color: z.string(), createdAt: instant })
  .meta({ id: "Label" });

export const countedLabel = label
  .extend({ issueCount: z.number().int().describe("Issues that carry it") })
  .meta({ id: "CountedLabel" });

export type Goal = z.infer<typeof goal>;
export type Project = z.infer<typeof project>;
export type Milestone = z.infer<typeof milestone>;
export type CountedLabel = z.infer<typeof countedLabel>;
export type Label = z.infer<typeof label>;
