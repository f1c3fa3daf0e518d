import * as z from "zod";
import { agent } from "../entities/agent.ts";
import { secret, secretAccessEvent, secretKey, secretUse, secretValue } from "../entities/secret.ts";
import { secretStatuses } from "../enums.ts";
import { operation } from "../operation.ts";
import { agentParams, companyParams, id, idempotencyKey, idParams, name, pageQuery, text } from "../primitives.ts";

const tag = "Secrets";
const people = { tag, callers: ["user"], role: "admin" } as const;
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams, ...people } as const;
const ofSecret = { locate: { by: "secret", param: "id" }, params: idParams, ...people } as const;
const limits = {
  agentIds: z.array(id).max(200).optional().describe("Whom it is for; every agent when empty"),
  projectIds: z.array(id).max(200).optional().describe("In which projects it is given out; everywhere when empty"),
};

export const secretOperations = {
  "secrets.list": operation({
    ...inCompany,
    role: "operator",
    method: "GET",
    path: "/companies/:cid/secrets",
    summary: "The secrets of a company by key; never their values",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(secret),
    status: 200,
    paged: true,
  }),
  "secrets.create": operation({
    ...inCompany,
    method: "POST",
    path: "/companies/:cid/secrets",
    summary: "Store a secret; its value is never shown again, only given to runs whose settings name it",
    effect: "write",
    body: z.strictObject({
      name: name(120),
      key: secretKey.optional().describe("Made from the name when left out"),
      description: text(1000).nullable().optional(),
      value: secretValue,
      ...limits,
      idempotencyKey,
    }),
    output: secret,
    status: 201,
    creates: true,
    errors: ["already_exists", "invalid_reference"],
  }),
  "secrets.get": operation({
    ...ofSecret,
    role: "operator",
    method: "GET",
    path: "/secrets/:id",
    summary: "A secret without its value",
    effect: "read",
    output: secret,
    status: 200,
  }),
  "secrets.update": operation({
    ...ofSecret,
    method: "PATCH",
    path: "/secrets/:id",
    summary: "Rename or limit a secret, or disable it: then no run that needs it starts",
    effect: "write",
    body: z.strictObject({
      name: name(120).optional(),
      description: text(1000).nullable().optional(),
      status: z.enum(secretStatuses).optional(),
      ...limits,
    }),
    output: secret,
    status: 200,
    errors: ["invalid_reference"],
  }),
  "secrets.delete": operation({
    ...ofSecret,
    method: "DELETE",
    path: "/secrets/:id",
    summary: "Delete a secret and destroy its values; refused while settings name it, unless forced",
    effect: "destroy",
    query: z.object({ force: z.stringbool().default(false) }),
    output: null,
    status: 204,
    errors: ["conflict"],
  }),
  "secrets.rotate": operation({
    ...ofSecret,
    method: "POST",
    path: "/secrets/:id/rotate",
    summary: "Give a secret a new value: the next runs get it; the earlier values are kept for some days, or destroyed",
    effect: "write",
    body: z.strictObject({
      value: secretValue,
      keepDays: z
        .number()
        .int()
        .min(0)
        .max(365)
        .default(7)
        .describe("How long the earlier values stay stored; 0 destroys them once the runs that have them ended"),
    }),
    output: secret,
    status: 200,
  }),
  "secrets.usage": operation({
    ...ofSecret,
    role: "operator",
    method: "GET",
    path: "/secrets/:id/usage",
    summary: "Whose settings name a secret, at most 500",
    effect: "read",
    output: z.array(secretUse),
    status: 200,
  }),
  "secrets.accessEvents": operation({
    ...ofSecret,
    role: "operator",
    method: "GET",
    path: "/secrets/:id/access-events",
    summary: "Each time that a secret's value was given out: to whom, for which run, which version",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(secretAccessEvent),
    status: 200,
    paged: true,
  }),
  "secrets.adopt": operation({
    locate: { by: "agent", param: "id" },
    params: agentParams,
    ...people,
    method: "POST",
    path: "/agents/:id/adopt-secret",
    summary: "Make a secret of a value that stands plainly in an agent's settings, and refer to it there instead",
    effect: "write",
    body: z.strictObject({
      section: z.enum(["env", "headers"]),
      field: text(200).min(1).describe("The variable or header"),
      key: secretKey.optional().describe("Made from the field when left out"),
    }),
    output: agent,
    status: 200,
    errors: ["already_exists", "unusable_reference", "stale_state"],
  }),
} as const;
