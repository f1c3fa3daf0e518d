import * as z from "zod";
import { agentSchedule, runtimeState, taskSession } from "../entities/agent.ts";
import { run, wake, wakeListItem } from "../entities/run.ts";
import { invocationSources } from "../enums.ts";
import { operation } from "../operation.ts";
import { agentParams, id, idempotencyKey, idParams, metadata, name, pageQuery, text } from "../primitives.ts";

const tag = "Agents";
const everyone = ["user", "agent", "run"] as const;
const board = ["user"] as const;
const ofAgent = { locate: { by: "agent", param: "id" }, tag } as const;
/** The answer of a wake request: the wake as stored and, unless it was skipped, its run. */
export const wakeOutcome = z.object({ wake, run: run.nullable() }).meta({ id: "WakeOutcome" });

export const wakeOperations = {
  "agents.invoke": operation({
    ...ofAgent,
    method: "POST",
    path: "/agents/:id/heartbeat/invoke",
    summary: "Wake an agent now",
    callers: board,
    role: "operator",
    effect: "write",
    params: idParams,
    body: z.strictObject({
      reason: text(500).nullable().optional(),
      issueId: id.nullable().optional(),
      idempotencyKey,
    }),
    output: wakeOutcome,
    status: 202,
    creates: true,
    errors: ["agent_not_invokable", "budget_exhausted", "company_not_active"],
  }),
  "agents.wakeup": operation({
    ...ofAgent,
    method: "POST",
    path: "/agents/:id/wakeup",
    summary: "Wake an agent with a cause; one open wake per agent and task, later causes merge into it",
    callers: everyone,
    role: "operator",
    effect: "write",
    params: idParams,
    body: z.strictObject({
      source: z.enum(invocationSources).default("on_demand"),
      triggerDetail: text(200).nullable().optional(),
      reason: text(500).nullable().optional(),
      payload: metadata.nullable().optional(),
      idempotencyKey,
    }),
    output: wakeOutcome,
    status: 202,
    creates: true,
    errors: ["agent_not_invokable", "budget_exhausted", "company_not_active"],
  }),
  "agents.wakes": operation({
    ...ofAgent,
    method: "GET",
    path: "/agents/:id/wakes",
    summary: "Why the agent woke, and why it did not",
    callers: everyone,
    effect: "read",
    params: agentParams,
    query: z.object(pageQuery),
    output: z.array(wakeListItem),
    status: 200,
    paged: true,
  }),
  "agents.schedule": operation({
    ...ofAgent,
    method: "GET",
    path: "/agents/:id/schedule",
    summary: "The agent's timer, what it saved, its caps, and why it can't be woken now",
    callers: everyone,
    effect: "read",
    params: agentParams,
    output: agentSchedule,
    status: 200,
  }),
  "agents.taskSessions": operation({
    ...ofAgent,
    method: "GET",
    path: "/agents/:id/task-sessions",
    summary: "The agent's sessions, one a task, latest first",
    callers: everyone,
    effect: "read",
    params: agentParams,
    query: z.object(pageQuery),
    output: z.array(taskSession),
    status: 200,
    paged: true,
  }),
  "agents.runtimeState": operation({
    ...ofAgent,
    method: "GET",
    path: "/agents/:id/runtime-state",
    summary: "Session and totals of an agent",
    callers: everyone,
    effect: "read",
    params: agentParams,
    output: runtimeState,
    status: 200,
  }),
  "agents.resetSession": operation({
    ...ofAgent,
    method: "POST",
    path: "/agents/:id/runtime-state/reset-session",
    summary: "Forget the agent's session of one task or of all: its next run starts fresh",
    callers: board,
    role: "operator",
    effect: "write",
    params: idParams,
    body: z.strictObject({ taskKey: name(100).nullable().optional() }),
    output: runtimeState,
    status: 200,
  }),
} as const;
