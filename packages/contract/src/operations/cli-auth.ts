import * as z from "zod";
import { cliChallenge, cliIdentity, createdCliChallenge, polledCliChallenge } from "../entities/people.ts";
import { operation } from "../operation.ts";
import { id, idParams, name, text } from "../primitives.ts";

const tag = "Keys";
const byActor = { locate: { by: "actor" }, tag } as const;
/** A key can't make itself a successor: only who is signed in says yes. */
const bySession = { ...byActor, callers: ["user"], sessionOnly: true } as const;
const secret = z.string().regex(/^[A-Za-z0-9_-]{43}$/, "is not the secret of a command line");

export const cliAuthOperations = {
  "cliAuth.challenge": operation({
    ...byActor,
    method: "POST",
    path: "/cli-auth/challenges",
    summary:
      "A command line asks for a board key: it shows a code, which somebody who is signed in enters on the board",
    callers: ["public"],
    effect: "write",
    body: z.strictObject({
      clientName: name(80).describe("As the board shows it: a program and the machine it runs on"),
      scopes: z.array(text(60)).max(20).optional().describe("What its key may do; everything when left out"),
      keyDays: z
        .number()
        .int()
        .min(1)
        .max(365)
        .optional()
        .describe("For how many days its key works; 90 when left out"),
    }),
    output: createdCliChallenge,
    status: 201,
    errors: ["rate_limited"],
  }),
  "cliAuth.find": operation({
    ...bySession,
    method: "GET",
    path: "/cli-auth/challenges",
    summary: "The command line that shows a code",
    effect: "read",
    query: z.object({ code: text(20) }),
    output: cliChallenge,
    status: 200,
    errors: ["rate_limited"],
  }),
  "cliAuth.poll": operation({
    ...byActor,
    method: "GET",
    path: "/cli-auth/challenges/:id",
    summary: "Whether somebody said yes; the first answer after that holds the key, and no other does",
    callers: ["public"],
    effect: "write",
    params: z.object({ id }),
    query: z.object({ secret }),
    output: polledCliChallenge,
    status: 200,
    errors: ["rate_limited"],
  }),
  "cliAuth.approve": operation({
    ...bySession,
    method: "POST",
    path: "/cli-auth/challenges/:id/approve",
    summary: "Let a command line act for oneself",
    effect: "write",
    params: idParams,
    output: cliChallenge,
    status: 200,
    errors: ["conflict"],
  }),
  "cliAuth.cancel": operation({
    ...bySession,
    method: "POST",
    path: "/cli-auth/challenges/:id/cancel",
    summary: "Turn a command line away",
    effect: "write",
    params: idParams,
    output: cliChallenge,
    status: 200,
    errors: ["conflict"],
  }),
  "cliAuth.me": operation({
    ...byActor,
    method: "GET",
    path: "/cli-auth/me",
    summary: "Whom the call's key or session acts for, and what it may do",
    callers: ["user"],
    effect: "read",
    output: cliIdentity,
    status: 200,
  }),
  "cliAuth.revokeCurrent": operation({
    ...byActor,
    method: "POST",
    path: "/cli-auth/revoke-current",
    summary: "Revoke the key that the call is made with; a session has none to revoke",
    callers: ["user"],
    effect: "destroy",
    output: z.object({ revokedKeyId: id.nullable() }),
    status: 200,
  }),
} as const;
