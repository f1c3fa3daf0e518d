import type { Routine } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { changeRoutine } from "./change-routine.ts";

/** Of the version's snapshot `v`; whether it was paused then says nothing about now. */
const values = {
  title: sql`v.snapshot ->> 'title'`,
  description: sql`v.snapshot ->> 'description'`,
  projectId: sql`(v.snapshot ->> 'projectId')::uuid`,
  goalId: sql`(v.snapshot ->> 'goalId')::uuid`,
  assigneeAgentId: sql`(v.snapshot ->> 'assigneeAgentId')::uuid`,
  priority: sql`(v.snapshot ->> 'priority')::issue_priority`,
  concurrencyPolicy: sql`(v.snapshot ->> 'concurrencyPolicy')::routine_concurrency_policy`,
  catchUpPolicy: sql`(v.snapshot ->> 'catchUpPolicy')::routine_catch_up_policy`,
  variables: sql`v.snapshot -> 'variables'`,
  env: sql`coalesce(v.snapshot -> 'env', '{}')`,
};

/**
 * Makes a routine what it was in an earlier version; the version before is kept.
 * @throws BoardroomError not_found, forbidden, unusable_reference when its assignee has been terminated since
 */
export const restoreRoutineRevision = (
  ctx: Ctx,
  { id, revisionId }: InputOf<"routines.restoreRevision">,
): Promise<Routine> =>
  changeRoutine(ctx, {
    routineId: id,
    action: "routine.restored",
    values,
    version: sql`
      select snapshot from routine_revisions
      where company_id = ${ctx.db.companyId}::uuid and routine_id = ${id}::uuid and id = ${revisionId}::uuid`,
  });
