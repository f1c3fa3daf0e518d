import { BoardroomError, type IssueBlocked, type IssueLink } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";

/** A cancelled blocker resolves nothing: whether the work can go on without it is for a person or agent to say, by taking it off. */
export const isResolved = ({ status }: IssueLink): boolean => status === "done";

/** An issue as other issues refer to it, over its alias. */
export const issueLinkOf = (table: string): SQL => {
  const of = (column: string) => sql`${sql.identifier(table)}.${sql.identifier(column)}`;
  return sql`jsonb_build_object('id', ${of("id")}, 'identifier', ${of("identifier")}, 'title', ${of("title")}, 'status', ${of("status")})`;
};

/** What has to be done before the row `table`, as JSON, as it was before the statement; the contract bounds how many. */
export const storedBlockedBy = (table: string) => sql<IssueLink[]>`(
  select coalesce(jsonb_agg(${issueLinkOf("b")} order by b.issue_number), '[]') from issue_blockers k
  join issues b on b.company_id = k.company_id and b.id = k.blocked_by_issue_id
  where k.company_id = ${sql.identifier(table)}.company_id and k.issue_id = ${sql.identifier(table)}.id)`;

/** What waits for the row `table`, the oldest hundred. */
export const storedBlocks = (table: string) => sql<IssueLink[]>`(
  select coalesce(jsonb_agg(n.link order by n.issue_number), '[]') from (
    select ${issueLinkOf("b")} as link, b.issue_number from issue_blockers k
    join issues b on b.company_id = k.company_id and b.id = k.issue_id
    where k.company_id = ${sql.identifier(table)}.company_id and k.blocked_by_issue_id = ${sql.identifier(table)}.id
    order by b.issue_number limit 100) n)`;

/** Whether one of the blockers in a JSON list is open. */
export const hasOpen = (blockedBy: SQL): SQL<boolean> =>
  sql<boolean>`jsonb_path_exists(${blockedBy}, '$[*] ? (@.status != "done")')`;

/** Whether the row `table` waits for an issue other than `done`, which the statement itself completes. */
export const isBlocked = (table: string, done: SQL = sql`null::uuid`): SQL<boolean> => sql<boolean>`exists (
  select 1 from issue_blockers k join issues b on b.company_id = k.company_id and b.id = k.blocked_by_issue_id
  where k.company_id = ${sql.identifier(table)}.company_id and k.issue_id = ${sql.identifier(table)}.id
    and b.status <> 'done' and b.id is distinct from ${done})`;

/** The refusal to start an issue, with what it waits for. */
export function blockedError(issueId: string, blockedBy: readonly IssueLink[]): BoardroomError {
  const unresolvedBlockers = blockedBy.filter((blocker) => !isResolved(blocker));
  const details: IssueBlocked = {
    issueId,
    unresolvedBlockerIssueIds: unresolvedBlockers.map(({ id }) => id),
    unresolvedBlockers,
  };
  const names = unresolvedBlockers.slice(0, 3).map(({ identifier }) => identifier);
  const more = unresolvedBlockers.length > 3 ? ` and ${unresolvedBlockers.length - 3} more` : "";
  return new BoardroomError("blocked_by_issues", `Issue is blocked by ${names.join(", ")}${more}.`, details);
}
