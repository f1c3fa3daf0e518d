import { BoardroomError, type ExecutionWorkspace } from "@boardroom/contract";
import type { Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { refusal, refusalSentences } from "../heartbeat/gates.ts";
import { isUsed } from "./cleanups.ts";
import { namesOf, type WorkspaceExtras } from "./workspace-columns.ts";

export type BoardWord = "finalized" | "finalizing" | "removed";
export interface Judged extends WorkspaceExtras {
  obstacle: string | null;
  runIds: string[] | null;
}

/** A CTE of the workspace with what stands against the board's word on it, or null. */
export const judgeWorkspace = (companyId: string, id: string, word: BoardWord): SQL => sql`
  select e.*, ${namesOf("e")}, case
      when ${isUsed("e")} then 'used'
      when e.status in ${word === "removed" ? sql`('removed')` : sql`('finalized', 'removed')`} then 'settled'
      when ${word === "finalizing"}::boolean then ${refusal()} end as obstacle
  from execution_workspaces e
  join agents a on a.company_id = e.company_id and a.id = e.agent_id
  join companies c on c.id = e.company_id
  where e.company_id = ${companyId}::uuid and e.id = ${id}::uuid`;

/**
 * The workspace of a word that was heard.
 * @throws BoardroomError conflict, agent_not_invokable
 */
export function heard(row: Row<typeof schema.executionWorkspaces, Judged>): ExecutionWorkspace {
  const { obstacle } = row;
  if (obstacle === null) return row;
  if (obstacle === "used") {
    throw new BoardroomError("conflict", "A run works in this workspace. Wait for its end, or cancel it.");
  }
  if (obstacle === "settled") throw new BoardroomError("conflict", "This workspace is settled already.");
  throw new BoardroomError("agent_not_invokable", refusalSentences[obstacle] ?? "The agent can't be woken now.");
}
