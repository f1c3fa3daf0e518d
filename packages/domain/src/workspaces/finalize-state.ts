import { BoardroomError } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";

export type FinalizeState = "succeeded" | "failed" | "unfinished";

/** How far the row `run` is with the finalize of its workspace; null where it works in none. */
export const finalizeStateOf = (run: string): SQL<FinalizeState | null> => {
  const r = sql.identifier(run);
  return sql<FinalizeState | null>`case when ${r}.execution_workspace_id is not null then coalesce((
    select case o.status when 'running' then 'unfinished' else o.status::text end from workspace_operations o
    where o.company_id = ${r}.company_id and o.run_id = ${r}.id and o.kind = 'finalize'), 'unfinished') end`;
};

/** What a run failed of whose work is not safe. */
export const finalizeFailed = "The workspace could not be finalized, so the run's work is not safe.";

/** A run doesn't succeed before its work is safe. */
export const unfinalized = (): BoardroomError =>
  new BoardroomError("conflict", "Report how the workspace was finalized before the run's result.", {
    reason: "workspace_finalizing",
  });
