import * as z from "zod";
import {
  branchName,
  executionWorkspace,
  projectWorkspace,
  workProduct,
  workProductData,
  workspaceOperation,
} from "../entities/workspace.ts";
import {
  executionWorkspaceStatuses,
  projectWorkspaceKinds,
  workProductKinds,
  workspaceCleanupPolicies,
  workspaceModes,
  workspaceOperationKinds,
  workspaceOperationStatuses,
} from "../enums.ts";
import { operation } from "../operation.ts";
import {
  companyParams,
  id,
  idempotencyKey,
  idParams,
  issueParams,
  metadata,
  name,
  pageQuery,
  text,
} from "../primitives.ts";

const tag = "Workspaces";
const everyone = ["user", "agent", "run"] as const;
const ofProject = { locate: { by: "project", param: "id" }, params: idParams, tag } as const;
const ofProjectWorkspace = { locate: { by: "projectWorkspace", param: "id" }, params: idParams, tag } as const;
const ofWorkspace = { locate: { by: "executionWorkspace", param: "id" }, params: idParams, tag } as const;
const ofIssue = { locate: { by: "issue", param: "id" }, params: issueParams, tag, callers: everyone } as const;

/** Absolute on the machine of a runner, whatever system that has. */
const absolutePath = text(1000).regex(/^(\/|[A-Za-z]:[\\/]|\\\\)/, "is not an absolute path");
const repoUrl = text(1000).regex(
  /^(https?|ssh|git|file):\/\/\S+$|^[\w.-]+@[\w.-]+:\S+$/,
  "is not the address of a repository",
);
const workspaceFields = {
  path: absolutePath.nullable().optional(),
  repoUrl: repoUrl.nullable().optional(),
  defaultBranch: branchName.nullable().optional(),
  mode: z.enum(workspaceModes).optional(),
  cleanupPolicy: z.enum(workspaceCleanupPolicies).optional(),
  runnerId: id.nullable().optional(),
  isPrimary: z
    .boolean()
    .optional()
    .describe("The first one of a project is by itself; a later one takes the place of it"),
};
const productFields = {
  kind: z.enum(workProductKinds),
  title: name(300),
  ref: text(300).min(1).nullable().optional(),
};

export const workspaceOperations = {
  "projectWorkspaces.list": operation({
    ...ofProject,
    callers: everyone,
    method: "GET",
    path: "/projects/:id/workspaces",
    summary: "Where the work of a project lies, newest first",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(projectWorkspace),
    status: 200,
    paged: true,
  }),
  "projectWorkspaces.create": operation({
    ...ofProject,
    callers: ["user"],
    role: "operator",
    method: "POST",
    path: "/projects/:id/workspaces",
    summary: "Say where the work of a project lies: a folder on a runner's machine, or a repository",
    effect: "write",
    body: z.strictObject({ name: name(120), kind: z.enum(projectWorkspaceKinds), ...workspaceFields, idempotencyKey }),
    output: projectWorkspace,
    status: 201,
    creates: true,
    errors: ["invalid_reference", "unusable_reference"],
  }),
  "projectWorkspaces.update": operation({
    ...ofProjectWorkspace,
    callers: ["user"],
    role: "operator",
    method: "PATCH",
    path: "/project-workspaces/:id",
    summary: "Change where the work of a project lies; what runs there goes on where it is",
    effect: "write",
    body: z.strictObject({ name: name(120).optional(), ...workspaceFields }),
    output: projectWorkspace,
    status: 200,
    errors: ["invalid_reference", "unusable_reference"],
  }),
  "projectWorkspaces.delete": operation({
    ...ofProjectWorkspace,
    callers: ["user"],
    role: "operator",
    method: "DELETE",
    path: "/project-workspaces/:id",
    summary: "Forget a workspace in which no issue was worked on",
    effect: "destroy",
    output: null,
    status: 204,
    errors: ["conflict"],
  }),
  "executionWorkspaces.list": operation({
    locate: { by: "company", param: "cid" },
    params: companyParams,
    tag,
    callers: everyone,
    method: "GET",
    path: "/companies/:cid/execution-workspaces",
    summary: "The places in which issues are worked on, newest first",
    effect: "read",
    query: z.object({
      ...pageQuery,
      issueId: id.optional(),
      agentId: id.optional(),
      status: z.enum(executionWorkspaceStatuses).optional(),
    }),
    output: z.array(executionWorkspace),
    status: 200,
    paged: true,
  }),
  "executionWorkspaces.get": operation({
    ...ofWorkspace,
    callers: everyone,
    method: "GET",
    path: "/execution-workspaces/:id",
    summary: "The place of an issue's runs",
    effect: "read",
    output: executionWorkspace,
    status: 200,
  }),
  "executionWorkspaces.update": operation({
    ...ofWorkspace,
    callers: ["user"],
    role: "operator",
    method: "PATCH",
    path: "/execution-workspaces/:id",
    summary: "Let work go on though a finalize failed, have it tried again, or say that a folder is gone",
    effect: "write",
    body: z.strictObject({
      status: z
        .enum(["finalized", "finalizing", "removed"])
        .describe("`finalized` overrides, `finalizing` runs its agent again, `removed` says that it is gone"),
      note: text(1000).trim().min(1).describe("Why; kept in the activity"),
    }),
    output: executionWorkspace,
    status: 200,
    errors: ["conflict", "agent_not_invokable"],
  }),
  "executionWorkspaces.operations": operation({
    ...ofWorkspace,
    callers: everyone,
    method: "GET",
    path: "/execution-workspaces/:id/workspace-operations",
    summary: "What was done to a workspace, newest first",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(workspaceOperation),
    status: 200,
    paged: true,
  }),
  "executionWorkspaces.report": operation({
    ...ofWorkspace,
    callers: ["run", "runner"],
    method: "POST",
    path: "/execution-workspaces/:id/operations",
    summary: "Report a step of a workspace's life; a step that ended stays as it ended",
    effect: "write",
    body: z.strictObject({
      fence: z.number().int().positive().optional(),
      kind: z.enum(workspaceOperationKinds),
      status: z.enum(workspaceOperationStatuses),
      message: text(4000).nullable().optional(),
      details: metadata.nullable().optional(),
      cwd: absolutePath.nullable().optional(),
      branch: branchName.nullable().optional(),
      baseRef: text(200).nullable().optional(),
      products: z
        .array(z.strictObject({ ...productFields, data: workProductData.nullable().optional() }))
        .max(50)
        .optional(),
    }),
    output: workspaceOperation,
    status: 200,
    errors: ["lease_lost", "conflict"],
  }),
  "workProducts.list": operation({
    ...ofIssue,
    method: "GET",
    path: "/issues/:id/work-products",
    summary: "What came out of work on an issue, newest first",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(workProduct),
    status: 200,
    paged: true,
  }),
  "workProducts.create": operation({
    ...ofIssue,
    role: "operator",
    method: "POST",
    path: "/issues/:id/work-products",
    summary: "Show what came out of work on an issue; the same kind and ref again replaces it",
    effect: "write",
    body: z.strictObject({
      ...productFields,
      url: z
        .url({ protocol: /^https?$/ })
        .max(2000)
        .nullable()
        .optional(),
      data: workProductData.nullable().optional(),
      idempotencyKey,
    }),
    output: workProduct,
    status: 201,
    creates: true,
  }),
} as const;
