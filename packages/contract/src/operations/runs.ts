import * as z from "zod";
import { renewal, run, runAncestor, runDetail, runEvent, runListItem, runResult, usage } from "../entities/run.ts";
import { runStatuses } from "../enums.ts";
import { operation } from "../operation.ts";
import { companyParams, id, idParams, metadata, name, pageQuery, text } from "../primitives.ts";

const tag = "Runs";
const everyone = ["user", "agent", "run"] as const;
const inCompany = { locate: { by: "company", param: "cid" }, params: companyParams, tag, callers: everyone } as const;
const ofRun = { locate: { by: "run", param: "id" }, params: idParams, tag, callers: everyone } as const;
/** Calls of whoever executes the run; the fence comes from the run token, with an agent key from the body. */
const executor = { ...ofRun, callers: ["agent", "run"] } as const;
const fence = z.number().int().positive().optional().describe("Needed with an agent key; a run token carries it");

export const runOperations = {
  "runs.list": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/heartbeat-runs",
    summary: "The runs of a company, newest first",
    effect: "read",
    query: z.object({
      ...pageQuery,
      agentId: id.optional(),
      runnerId: id.optional(),
      status: z.enum(runStatuses).optional(),
    }),
    output: z.array(runListItem),
    status: 200,
    paged: true,
  }),
  "runs.live": operation({
    ...inCompany,
    method: "GET",
    path: "/companies/:cid/live-runs",
    summary: "Runs that are queued or running now",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(runListItem),
    status: 200,
    paged: true,
  }),
  "runs.get": operation({
    ...ofRun,
    method: "GET",
    path: "/heartbeat-runs/:id",
    summary: "One run, why it woke and what it held",
    effect: "read",
    output: runDetail,
    status: 200,
  }),
  "runs.events": operation({
    ...ofRun,
    method: "GET",
    path: "/heartbeat-runs/:id/events",
    summary: "The events of a run, oldest first",
    effect: "read",
    query: z.object({ ...pageQuery, afterSeq: z.coerce.number().int().min(0).optional() }),
    output: z.array(runEvent),
    status: 200,
    paged: true,
  }),
  "runs.addEvents": operation({
    ...executor,
    agents: "concerned",
    method: "POST",
    path: "/heartbeat-runs/:id/events",
    summary: "Report events of a run; the same seq twice counts once",
    effect: "write",
    body: z.strictObject({
      fence,
      events: z
        .array(
          z.strictObject({
            seq: z.number().int().positive().max(1_000_000),
            kind: name(60),
            message: text(16_000),
            data: metadata.nullable().optional(),
          }),
        )
        .min(1)
        .max(200),
    }),
    output: z.object({ accepted: z.number().int(), lastSeq: z.number().int() }).meta({ id: "AcceptedEvents" }),
    status: 200,
    errors: ["lease_lost"],
  }),
  "runs.issues": operation({
    ...ofRun,
    method: "GET",
    path: "/heartbeat-runs/:id/issues",
    summary: "The issues a run touched",
    effect: "read",
    query: z.object(pageQuery),
    output: z.array(
      z.object({ id, identifier: z.string(), title: z.string(), status: z.string() }).meta({ id: "RunIssue" }),
    ),
    status: 200,
    paged: true,
  }),
  "runs.lineage": operation({
    ...ofRun,
    method: "GET",
    path: "/heartbeat-runs/:id/lineage",
    summary: "The runs that led to a run, the first cause first and the run itself last",
    effect: "read",
    output: z.array(runAncestor),
    status: 200,
  }),
  "runs.cancel": operation({
    ...ofRun,
    callers: ["user"],
    role: "operator",
    method: "POST",
    path: "/heartbeat-runs/:id/cancel",
    summary: "Cancel a run: a queued one at once, a running one at its next renewal or when its lease ends",
    effect: "write",
    body: z.strictObject({ reason: text(500).nullable().optional() }),
    output: run,
    status: 200,
    errors: ["invalid_transition"],
  }),
  "runs.renew": operation({
    ...executor,
    agents: "concerned",
    method: "POST",
    path: "/heartbeat-runs/:id/renew",
    summary: "Keep the lease; the answer says continue, cancel, drain or pause and brings a fresh token",
    effect: "write",
    body: z.strictObject({
      fence,
      usage: usage.optional().describe("Of the run so far; it is metered where the model's price is known"),
      provider: text(100).optional(),
      model: text(200).optional().describe("The one of the agent's configuration when left out"),
      progress: text(1000).optional(),
    }),
    output: renewal,
    status: 200,
    errors: ["lease_lost"],
  }),
  "runs.complete": operation({
    ...executor,
    agents: "concerned",
    method: "POST",
    path: "/heartbeat-runs/:id/complete",
    summary: "End a run; the same result again changes nothing",
    effect: "write",
    body: runResult.extend({ fence }).strict(),
    output: run,
    status: 200,
    errors: ["lease_lost"],
  }),
} as const;
