import { type SQL, sql } from "drizzle-orm";

/** `boardroom/ACME-42-fix-the-login` for the row `issue` with its identifier and title. */
const plainBranch = (issue: string): SQL => {
  const i = sql.identifier(issue);
  const slug = sql`trim(both '-' from left(regexp_replace(lower(${i}.title), '[^a-z0-9]+', '-', 'g'), 48))`;
  return sql`'boardroom/' || trim(trailing '-' from ${i}.identifier || '-' || ${slug})`;
};

/** The same, or with `-2`, `-3` … after it: the first one that no workspace of the issue has. */
export const freeBranch = (issue: string): SQL => sql`(
  select b.name from (
    select ${plainBranch(issue)} || case when n > 1 then '-' || n else '' end as name, n
    from generate_series(1, 1 + (select count(*) from execution_workspaces o
      where o.company_id = ${sql.identifier(issue)}.company_id and o.issue_id = ${sql.identifier(issue)}.issue_id)) n) b
  where not exists (
    select 1 from execution_workspaces o where o.company_id = ${sql.identifier(issue)}.company_id
      and o.issue_id = ${sql.identifier(issue)}.issue_id and o.branch = b.name)
  order by b.n limit 1)`;
