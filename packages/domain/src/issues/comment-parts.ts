import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "../context.ts";

/** A CTE that writes the caller's comment on each issue of another CTE; those need `company_id` and `id`. */
export const insertComment = (actor: Actor, from: string, body: string): SQL => sql`
  insert into comments (company_id, issue_id, body, author_agent_id, author_user_id, author_name, run_id)
  select company_id, id, ${body}::text, ${actor.agentId}::uuid, ${actor.type === "user" ? actor.id : null}::text,
    ${actor.name ?? actor.id}::text, ${actor.runId}::uuid
  from ${sql.identifier(from)} returning *`;

/** The audit row of a comment, under its issue. */
export const commentLogged = (from: string): ActivityEntry => ({
  from,
  action: "issue.comment_added",
  entityType: "issue",
  entityId: sql`issue_id`,
  details: sql`jsonb_build_object('commentId', id, 'excerpt', left(body, 200), 'identifier', (
    select i.identifier from issues i where i.company_id = ${sql.identifier(from)}.company_id and i.id = ${sql.identifier(from)}.issue_id))`,
});
