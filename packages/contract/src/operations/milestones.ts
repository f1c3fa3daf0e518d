import * as z from "zod";
import { milestone } from "../entities/work.ts";
import { operation } from "../operation.ts";
import { idempotencyKey, idParams, name, pageQuery, text } from "../primitives.ts";

const tag = "Work structure";
const everyone = ["user", "agent", "run"] as const;
const inProject = { locate: { by: "project", param: "id" }, params: idParams, tag, callers: everyone } as const;
const ofMilestone = { locate: { by: "milestone", param: "id" }, params: idParams, tag, callers: everyone } as const;

const milestoneFields = {
  description: text(20_000).nullable().optional(),
  targetDate: z.iso.date().nullable().optional(),
};

export const milestoneOperations = {
  "milestones.list": operation({
    ...inProject,
    method: "GET",
    path: "/projects/:id/milestones",
    summary:
      "The milestones of a project: the soonest target date first, those without one last, the oldest of equals first",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(milestone),
    status: 200,
    paged: true,
  }),
  "milestones.create": operation({
    ...inProject,
    agents: "concerned_or_above",
    role: "operator",
    method: "POST",
    path: "/projects/:id/milestones",
    summary: "Set a milestone of a project; an agent as its lead, or above it",
    effect: "write",
    body: z.strictObject({ name: name(200), ...milestoneFields, idempotencyKey }),
    output: milestone,
    status: 201,
    creates: true,
    errors: ["already_exists"],
  }),
  "milestones.get": operation({
    ...ofMilestone,
    method: "GET",
    path: "/milestones/:id",
    summary: "One milestone",
    effect: "read",
    output: milestone,
    status: 200,
  }),
  "milestones.update": operation({
    ...ofMilestone,
    agents: "concerned_or_above",
    role: "operator",
    method: "PATCH",
    path: "/milestones/:id",
    summary: "Change a milestone; an agent as the lead of its project, or above it",
    effect: "write",
    body: z.strictObject({ name: name(200).optional(), ...milestoneFields }),
    output: milestone,
    status: 200,
    errors: ["already_exists"],
  }),
  "milestones.delete": operation({
    ...ofMilestone,
    callers: ["user"],
    role: "operator",
    method: "DELETE",
    path: "/milestones/:id",
    summary: "Delete a milestone; its issues stay in the project without one",
    effect: "destroy",
    output: null,
    status: 204,
  }),
} as const;
