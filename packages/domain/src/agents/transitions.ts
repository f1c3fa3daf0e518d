import { type AgentStatus, BoardroomError } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";

/** From which states each act of the board leads on. */
export const transitions = {
  pause: ["active", "idle", "running", "error"],
  resume: ["paused", "error"],
  terminate: ["active", "idle", "running", "paused", "error", "pending_approval"],
} as const satisfies Record<string, readonly AgentStatus[]>;

export type AgentAct = keyof typeof transitions;

/** Whether the act is possible from the state in a column. */
export const mayTransit = (act: AgentAct, status: SQL): SQL =>
  sql`${status} = any (${sql.param([...transitions[act]])}::agent_status[])`;

const participles: Record<AgentAct, string> = { pause: "paused", resume: "resumed", terminate: "terminated" };

const stateSentences: Record<AgentStatus, string> = {
  active: "is active",
  idle: "is idle",
  running: "is running",
  paused: "is paused already",
  error: "is in error",
  pending_approval: "still waits for the board's approval",
  terminated: "was terminated",
};

/** @throws nothing itself: the error that says why an act is impossible */
export const refusedTransition = (act: AgentAct, status: AgentStatus): BoardroomError =>
  new BoardroomError("invalid_transition", `The agent ${stateSentences[status]} and can't be ${participles[act]}.`, {
    status,
  });
