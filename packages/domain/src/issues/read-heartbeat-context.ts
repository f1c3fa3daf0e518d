import type { Comment, OperationOutput, Operations } from "@boardroom/contract";
import { isoText, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { criteriaOf, stagesOf } from "../reviews/stage-parts.ts";
import { holdsAbove } from "../tree-holds/hold-gate.ts";
import { ancestorsOf, type IssueExtras, issueWhere, storedExtras } from "./internal.ts";

type HeartbeatContext = OperationOutput<Operations["issues.heartbeatContext"]>;
interface Extras extends IssueExtras, Omit<HeartbeatContext, "issue" | "comments"> {
  comments: Comment[];
}

/** What an agent needs to start on an issue, in one read. */
export async function readHeartbeatContext(
  ctx: Ctx,
  { id: ref, sinceCommentId }: InputOf<"issues.heartbeatContext">,
): Promise<HeartbeatContext> {
  const [row] = await ctx.db.rows<typeof schema.issues, Extras>(
    schema.issues,
    sql`select i.*, ${storedExtras("i")}, ${ancestorsOf("i")} as ancestors, ${latestComments(sinceCommentId)} as comments,
        ${openInteractions} as interactions, ${stagesOf("i")} as reviews, ${criteriaOf("i")} as criteria, ${holdsAbove("i")} as holds,
        ${documentsOf} as documents,
        (select jsonb_build_object('id', g.id, 'title', g.title, 'description', g.description)
          from goals g where g.company_id = i.company_id and g.id = i.goal_id) as goal,
        (select jsonb_build_object('id', p.id, 'name', p.name, 'description', p.description)
          from projects p where p.company_id = i.company_id and p.id = i.project_id) as project,
        (select jsonb_build_object('id', m.id, 'name', m.name, 'description', m.description, 'targetDate', m.target_date)
          from milestones m where m.company_id = i.company_id and m.id = i.milestone_id) as milestone
      from issues i where ${issueWhere(ctx.db.companyId, ref, "i")}`,
  );
  const { ancestors, goal, project, milestone, comments, interactions, reviews, criteria, holds, documents, ...issue } =
    found(row, "issue");
  return { issue, ancestors, goal, project, milestone, comments, interactions, reviews, criteria, holds, documents };
}

const documentsOf = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('key', d.key, 'title', d.title, 'latestRevisionId', d.latest_revision_id,
    'latestRevisionNumber', d.latest_revision_number) order by d.key), '[]')
  from documents d where d.company_id = i.company_id and d.issue_id = i.id)`;

/** What waits for the board, and the latest ten of its answers. */
const openInteractions = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'companyId', k.company_id, 'issueId', k.issue_id, 'kind', k.kind, 'status', k.status,
    'payload', k.payload, 'result', k.result, 'idempotencyKey', k.idempotency_key, 'createdByAgentId', k.created_by_agent_id,
    'createdByUserId', k.created_by_user_id, 'resolvedByUserId', k.resolved_by_user_id, 'resolvedAt', ${isoText(sql`k.resolved_at`)},
    'expiresAt', ${isoText(sql`k.expires_at`)}, 'createdAt', ${isoText(sql`k.created_at`)}) order by k.id), '[]')
  from (
    (select * from issue_interactions k where k.company_id = i.company_id and k.issue_id = i.id and k.status = 'pending' order by k.id desc limit 20)
    union all
    (select * from issue_interactions k where k.company_id = i.company_id and k.issue_id = i.id and k.status <> 'pending'
      order by k.id desc limit 10)) k)`;

const latestComments = (since: string | undefined) => sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', k.id, 'companyId', k.company_id, 'issueId', k.issue_id, 'body', k.body,
    'authorAgentId', k.author_agent_id, 'authorUserId', k.author_user_id, 'authorName', k.author_name, 'runId', k.run_id,
    'createdAt', ${isoText(sql`k.created_at`)}) order by k.id), '[]')
  from (select * from comments k where k.company_id = i.company_id and k.issue_id = i.id
    ${since ? sql`and k.id > ${since}::uuid` : sql``} order by k.id desc limit 20) k)`;
