import { type SQL, sql } from "drizzle-orm";
import { tracedGoal } from "./traced-goal.ts";

interface NewPlace {
  projectId?: string | null | undefined;
  milestoneId?: string | null | undefined;
  goalId?: string | null | undefined;
  parentId?: string | null | undefined;
}

/** A `when … then` that refuses a milestone which is not of the project; nothing where none is asked for. */
export const milestoneLimit = (companyId: SQL, projectId: SQL, milestoneId: string | null | undefined): SQL =>
  milestoneId
    ? sql`when not exists (
        select 1 from milestones m where m.company_id = ${companyId} and m.project_id = ${projectId} and m.id = ${milestoneId}::uuid) then 'no_milestone'`
    : sql``;

/** The project that the row `table` is to be in. */
export const projectAfter = (table: string, projectId: string | null | undefined): SQL =>
  projectId === undefined ? sql`${sql.identifier(table)}.project_id` : sql`${projectId}::uuid`;

/**
 * What a change of the row `i` means for its milestone and its goal: another project's milestones are others, and no work is
 * without a goal.
 */
export function placeAfter({ projectId, milestoneId, goalId, parentId }: NewPlace): {
  milestoneId?: SQL;
  goalId?: SQL;
} {
  const parent = parentId === undefined ? sql`i.parent_id` : sql`${parentId}::uuid`;
  const traced = tracedGoal({
    companyId: sql`i.company_id`,
    projectId: projectAfter("i", projectId),
    nearer: sql`(select p.goal_id from issues p where p.company_id = i.company_id and p.id = ${parent})`,
  });
  return {
    ...(projectId !== undefined &&
      milestoneId === undefined && {
        milestoneId: sql`case when i.project_id = ${projectId}::uuid then i.milestone_id end`,
      }),
    ...(goalId === null && { goalId: traced }),
    ...(projectId && goalId === undefined && { goalId: sql`coalesce(i.goal_id, ${traced})` }),
  };
}
