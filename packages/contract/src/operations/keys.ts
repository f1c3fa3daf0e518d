import * as z from "zod";
import { createdKey, key } from "../entities/agent.ts";
import { operation } from "../operation.ts";
import { id, idempotencyKey, idParams, instant, name, pageQuery, text } from "../primitives.ts";

/** Body of every key creation. */
export const keyDraft = z.strictObject({
  name: name(80),
  scopes: z.array(text(60)).max(20).optional(),
  expiresAt: instant.nullable().optional(),
  idempotencyKey,
});

const tag = "Keys";
const self = { locate: { by: "actor" }, callers: ["user"], tag } as const;
const ofAgent = { locate: { by: "agent", param: "id" }, callers: ["user"], tag } as const;

export const keyOperations = {
  "boardKeys.list": operation({
    ...self,
    method: "GET",
    path: "/board-api-keys",
    summary: "The caller's board keys",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(key),
    status: 200,
    paged: true,
  }),
  "boardKeys.create": operation({
    ...self,
    method: "POST",
    path: "/board-api-keys",
    summary: "Make a board key; its token is shown this once",
    effect: "write",
    body: keyDraft,
    output: createdKey,
    status: 201,
    creates: true,
  }),
  "boardKeys.revoke": operation({
    ...self,
    method: "DELETE",
    path: "/board-api-keys/:id",
    summary: "Revoke a board key at once",
    effect: "destroy",
    params: idParams,
    output: null,
    status: 204,
  }),
  "agentKeys.list": operation({
    ...ofAgent,
    method: "GET",
    path: "/agents/:id/keys",
    summary: "An agent's keys",
    effect: "read",
    params: idParams,
    query: z.object(pageQuery),
    output: z.array(key),
    status: 200,
    paged: true,
  }),
  "agentKeys.create": operation({
    ...ofAgent,
    method: "POST",
    path: "/agents/:id/keys",
    summary: "Make an agent key; its token is shown this once",
    role: "operator",
    effect: "write",
    params: idParams,
    body: keyDraft,
    output: createdKey,
    status: 201,
    creates: true,
  }),
  "agentKeys.revoke": operation({
    ...ofAgent,
    method: "DELETE",
    path: "/agents/:id/keys/:kid",
    summary: "Revoke an agent key at once",
    role: "operator",
    effect: "destroy",
    params: z.object({ id, kid: id }),
    output: null,
    status: 204,
  }),
} as const;
