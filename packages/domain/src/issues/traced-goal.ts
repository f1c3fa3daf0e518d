import { type SQL, sql } from "drizzle-orm";

/** Where the issue stands, as expressions over the statement that makes or changes it. */
interface Place {
  companyId: SQL;
  projectId: SQL;
  /** Goals that count before the project's, like the parent's. */
  nearer: SQL;
}

/**
 * The goal of an issue that names none, so that no work is without: the nearer one, its project's first, the company's own.
 * Null only where the company has no open goal.
 */
export const tracedGoal = ({ companyId, projectId, nearer }: Place): SQL => sql`coalesce(${nearer}, (
  select pg.goal_id from project_goals pg
  where pg.company_id = ${companyId} and pg.project_id = ${projectId} order by pg.goal_id limit 1), ${companyGoal(companyId)})`;

/** The company's own goal: the oldest that is open, of the highest level. */
export const companyGoal = (companyId: SQL): SQL => sql`(
  select g.id from goals g where g.company_id = ${companyId} and g.status in ('planned', 'active')
  order by g.level, g.id limit 1)`;
