import type { Criterion, ReviewStage } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";

/** The stages of review of the row `table` of issues as JSON, in order; the contract bounds how many. */
export const stagesOf = (table: string, limit: SQL = sql`true`) => sql<ReviewStage[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', s.id, 'issueId', s.issue_id, 'position', s.position, 'kind', s.kind,
    'reviewerAgentId', s.reviewer_agent_id, 'reviewerUserId', s.reviewer_user_id, 'status', s.status, 'note', s.note,
    'decidedByAgentId', s.decided_by_agent_id, 'decidedByUserId', s.decided_by_user_id, 'decidedByName', s.decided_by_name,
    'decidedAt', ${isoText(sql`s.decided_at`)}) order by s.position), '[]')
  from issue_review_stages s
  where s.company_id = ${sql.identifier(table)}.company_id and s.issue_id = ${sql.identifier(table)}.id and ${limit})`;

/** The definition of done of the row `table`, likewise. */
export const criteriaOf = (table: string, limit: SQL = sql`true`) => sql<Criterion[]>`(
  select coalesce(jsonb_agg(jsonb_build_object('id', c.id, 'issueId', c.issue_id, 'position', c.position, 'text', c.text,
    'isRequired', c.is_required, 'evidenceKind', c.evidence_kind, 'evidenceRef', c.evidence_ref, 'evidenceNote', c.evidence_note,
    'metByAgentId', c.met_by_agent_id, 'metByUserId', c.met_by_user_id, 'metByName', c.met_by_name,
    'metAt', ${isoText(sql`c.met_at`)}) order by c.position), '[]')
  from issue_criteria c
  where c.company_id = ${sql.identifier(table)}.company_id and c.issue_id = ${sql.identifier(table)}.id and ${limit})`;

export const isOpenStage = sql`s.status <> 'approved'`;
export const isUnmet = sql`c.is_required and c.met_at is null`;

/** Whether the work on the row `table` was done by the agent: it is the assignee, or took the issue once. */
export const isAuthor = (table: string, agentId: string): SQL<boolean> => sql<boolean>`(
  ${sql.identifier(table)}.assignee_agent_id = ${agentId}::uuid or exists (
    select 1 from activity_log l where l.company_id = ${sql.identifier(table)}.company_id and l.entity_type = 'issue'
      and l.entity_id = ${sql.identifier(table)}.id::text and l.action = 'issue.checked_out' and l.agent_id = ${agentId}::uuid))`;
