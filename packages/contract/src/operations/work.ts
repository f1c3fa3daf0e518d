import * as z from "zod";
import { goal, label, project } from "../entities/issue.ts";
import { environment } from "../entities/secret.ts";
import { goalLevels, goalStatuses, projectStatuses } from "../enums.ts";
import { operation } from "../operation.ts";
import { companyParams, id, idempotencyKey, idParams, name, pageQuery, text } from "../primitives.ts";

const tag = "Work structure";
const everyone = ["user", "agent", "run"] as const;
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams, tag, callers: everyone } as const;
const ofGoal = { locate: { by: "goal", param: "id" }, params: idParams, tag, callers: everyone } as const;
const ofProject = { locate: { by: "project", param: "id" }, params: idParams, tag, callers: everyone } as const;

const goalFields = {
  description: text(20_000).nullable().optional(),
  level: z.enum(goalLevels).optional(),
  status: z.enum(goalStatuses).optional(),
  parentId: id.nullable().optional(),
  ownerAgentId: id.nullable().optional(),
};
const projectFields = {
  description: text(20_000).nullable().optional(),
  status: z.enum(projectStatuses).optional(),
  leadAgentId: id.nullable().optional(),
  targetDate: z.iso.date().nullable().optional(),
  env: environment.optional().describe("Environment of the runs on its issues; values may name secrets"),
  goalIds: z.array(id).max(20).optional(),
};

export const workOperations = {
  "goals.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/goals",
    summary: "The goals of a company",
    effect: "read",
    query: z.object({ ...pageQuery, parentId: id.optional(), status: z.enum(goalStatuses).optional() }),
    output: z.array(goal),
    status: 200,
    paged: true,
  }),
  "goals.create": operation({
    ...inCompany,
    method: "POST",
    path: "/companies/:cid/goals",
    summary: "Write down a goal",
    role: "operator",
    effect: "write",
    body: z.strictObject({ title: name(300), ...goalFields, idempotencyKey }),
    output: goal,
    status: 201,
    creates: true,
    errors: ["invalid_reference", "unusable_reference"],
  }),
  "goals.get": operation({
    ...ofGoal,
    method: "GET",
    path: "/goals/:id",
    summary: "One goal",
    effect: "read",
    output: goal,
    status: 200,
  }),
  "goals.update": operation({
    ...ofGoal,
    method: "PATCH",
    path: "/goals/:id",
    summary: "Change a goal",
    role: "operator",
    effect: "write",
    body: z.strictObject({ title: name(300).optional(), ...goalFields }),
    output: goal,
    status: 200,
    errors: ["invalid_reference", "unusable_reference"],
  }),
  "goals.delete": operation({
    ...ofGoal,
    method: "DELETE",
    path: "/goals/:id",
    summary: "Delete a goal that nothing refers to",
    callers: ["user"],
    role: "operator",
    effect: "destroy",
    output: null,
    status: 204,
    errors: ["conflict"],
  }),
  "projects.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/projects",
    summary: "The projects of a company",
    effect: "read",
    query: z.object({ ...pageQuery, status: z.enum(projectStatuses).optional() }),
    output: z.array(project),
    status: 200,
    paged: true,
  }),
  "projects.create": operation({
    ...inCompany,
    method: "POST",
    path: "/companies/:cid/projects",
    summary: "Start a project",
    role: "operator",
    effect: "write",
    body: z.strictObject({ name: name(200), ...projectFields, idempotencyKey }),
    output: project,
    status: 201,
    creates: true,
    errors: ["invalid_reference", "unusable_reference"],
  }),
  "projects.get": operation({
    ...ofProject,
    method: "GET",
    path: "/projects/:id",
    summary: "One project",
    effect: "read",
    output: project,
    status: 200,
  }),
  "projects.update": operation({
    ...ofProject,
    method: "PATCH",
    path: "/projects/:id",
    summary: "Change a project",
    role: "operator",
    effect: "write",
    body: z.strictObject({ name: name(200).optional(), ...projectFields }),
    output: project,
    status: 200,
    errors: ["invalid_reference", "unusable_reference"],
  }),
  "projects.delete": operation({
    ...ofProject,
    method: "DELETE",
    path: "/projects/:id",
    summary: "Delete a project that holds no issue",
    callers: ["user"],
    role: "operator",
    effect: "destroy",
    output: null,
    status: 204,
    errors: ["conflict"],
  }),
  "labels.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/labels",
    summary: "The labels of a company",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(label),
    status: 200,
    paged: true,
  }),
  "labels.create": operation({
    ...inCompany,
    method: "POST",
    path: "/companies/:cid/labels",
    summary: "Make a label",
    role: "operator",
    effect: "write",
    body: z.strictObject({
      name: name(60),
      color: z
        .string()
        .regex(/^#[0-9a-fA-F]{6}$/)
        .default("#6b7280"),
      idempotencyKey,
    }),
    output: label,
    status: 201,
    creates: true,
    errors: ["already_exists"],
  }),
  "labels.delete": operation({
    locate: { by: "label", param: "id" },
    params: idParams,
    tag,
    callers: ["user"],
    role: "operator",
    method: "DELETE",
    path: "/labels/:id",
    summary: "Delete a label and take it off its issues",
    effect: "destroy",
    output: null,
    status: 204,
  }),
} as const;
