import * as z from "zod";
import {
  executionWorkspaceStatuses,
  projectWorkspaceKinds,
  workProductKinds,
  workspaceCleanupPolicies,
  workspaceModes,
  workspaceOperationKinds,
  workspaceOperationStatuses,
} from "../enums.ts";
import { id, instant, jsonObject, text } from "../primitives.ts";

/** What git takes as the name of a branch, as far as one can see from the name. */
export const branchName = text(200).regex(
  /^(?![-/.])(?!.*(\.\.|\/\/|\/\.|@\{|\.lock(\/|$)))[^\s~^:?*[\\]+(?<![/.])$/,
  "is not the name of a branch",
);

/** A diff may be long; what is longer is cut by whoever makes it. */
export const workProductData = jsonObject(400_000);

/** Where the work of a project lies: a folder on a runner's machine, or a repository that a runner clones. */
export const projectWorkspace = z
  .object({
    id,
    companyId: id,
    projectId: id,
    name: z.string(),
    kind: z.enum(projectWorkspaceKinds),
    path: z
      .string()
      .nullable()
      .describe("Absolute, on the runner's machine; a repository lies below the runner's own folder without it"),
    repoUrl: z.string().nullable(),
    defaultBranch: z.string().nullable().describe("Where branches start; the one that is checked out when null"),
    mode: z.enum(workspaceModes).describe("What its runs get unless the issue says otherwise"),
    cleanupPolicy: z.enum(workspaceCleanupPolicies),
    runnerId: id.nullable().describe("The one machine that has it; null is any that has"),
    isPrimary: z.boolean().describe("What the project's issues work in"),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "ProjectWorkspace" });

/** The place of one issue's runs: a folder or a worktree, on one machine, for one assignee. */
export const executionWorkspace = z
  .object({
    id,
    companyId: id,
    projectId: id.nullable(),
    projectWorkspaceId: id.nullable(),
    issueId: id,
    issueIdentifier: z.string(),
    agentId: id.describe("For whom it was made; nobody else works in it unless the issue says so"),
    agentName: z.string(),
    runnerId: id.nullable(),
    runnerName: z.string().nullable(),
    mode: z.enum(workspaceModes),
    status: z.enum(executionWorkspaceStatuses),
    cwd: z.string().nullable(),
    branch: z.string().nullable(),
    baseRef: z.string().nullable(),
    repoUrl: z.string().nullable(),
    error: z.string().nullable(),
    finalizedAt: instant.nullable(),
    removedAt: instant.nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "ExecutionWorkspace" });

/** One step of a workspace's life, with how it went. */
export const workspaceOperation = z
  .object({
    id,
    companyId: id,
    executionWorkspaceId: id,
    runId: id.nullable(),
    kind: z.enum(workspaceOperationKinds),
    status: z.enum(workspaceOperationStatuses),
    message: z.string().nullable(),
    details: z.record(z.string(), z.unknown()).nullable(),
    startedAt: instant,
    finishedAt: instant.nullable(),
  })
  .meta({ id: "WorkspaceOperation" });

/** What came out of work on an issue. */
export const workProduct = z
  .object({
    id,
    companyId: id,
    issueId: id,
    runId: id.nullable(),
    executionWorkspaceId: id.nullable(),
    kind: z.enum(workProductKinds),
    title: z.string(),
    url: z.string().nullable(),
    ref: z.string().nullable().describe("A branch's name or a commit's hash"),
    data: z
      .record(z.string(), z.unknown())
      .nullable()
      .describe("Of a diff: `{patch, files:[{path, added, removed}], isCut}`"),
    createdByAgentId: id.nullable(),
    createdByUserId: z.string().nullable(),
    createdByName: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
  })
  .meta({ id: "WorkProduct" });

/** Where the runs of one issue work, when it shall not be what its project says. */
export const executionWorkspaceSettings = z
  .strictObject({
    mode: z.enum(workspaceModes).optional(),
    executionWorkspaceId: id.optional().describe("Work in this one, even though it was made for another assignee"),
    branch: branchName.optional(),
  })
  .meta({ id: "ExecutionWorkspaceSettings" });

export type ProjectWorkspace = z.infer<typeof projectWorkspace>;
export type ExecutionWorkspace = z.infer<typeof executionWorkspace>;
export type WorkspaceOperation = z.infer<typeof workspaceOperation>;
export type WorkProduct = z.infer<typeof workProduct>;
export type ExecutionWorkspaceSettings = z.infer<typeof executionWorkspaceSettings>;
