import { sql } from "drizzle-orm";

/** The goals that a row `projects` serves, as stored before the statement. */
export const projectGoalIds = sql<string[]>`array(
  select pg.goal_id from project_goals pg
  where pg.company_id = projects.company_id and pg.project_id = projects.id order by pg.goal_id)`;
