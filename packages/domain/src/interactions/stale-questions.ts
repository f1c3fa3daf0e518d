import type { ActivityEntry } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Actor } from "../context.ts";
import type { CauseRows } from "../issues/wake-causes.ts";
import { resolvedCause } from "./resolve-interaction.ts";

/**
 * A CTE that takes the questions back that a person's comment makes stale, because their payload says so.
 * @param commented a CTE of comments
 * @param issue a CTE or table of the issue, with `identifier`
 */
export const staleQuestions = (actor: Actor, commented: string, issue: string): Record<string, SQL> =>
  actor.type === "user"
    ? {
        stale_question: sql`
          update issue_interactions k set status = 'cancelled', resolved_at = now(), resolved_by_user_id = ${actor.id}::text,
            result = jsonb_build_object('outcome', 'superseded', 'note', null, 'reason', 'A comment was written meanwhile', 'commentId', c.id,
              'byName', ${actor.name}::text)
          from ${sql.identifier(commented)} c join ${sql.identifier(issue)} i on i.company_id = c.company_id and i.id = c.issue_id
          where k.company_id = c.company_id and k.issue_id = c.issue_id and k.status = 'pending'
            and coalesce((k.payload -> 'supersedeOnUserComment')::boolean, false)
          returning k.*, i.identifier`,
      }
    : {};

/** Who asked them is told. */
export const staleCauses = (actor: Actor): CauseRows[] =>
  actor.type === "user" ? [resolvedCause("superseded", null, "stale_question")] : [];

export const staleLogged = (actor: Actor): ActivityEntry[] =>
  actor.type === "user"
    ? [
        {
          from: "stale_question",
          action: "issue.interaction_superseded",
          entityType: "issue",
          entityId: sql`issue_id`,
          details: sql`jsonb_build_object('identifier', identifier, 'interactionId', id, 'kind', kind)`,
        },
      ]
    : [];
