import type {
  Criterion,
  HoldAbove,
  IssueDetail,
  IssueHolder,
  IssueTrace,
  Label,
  ReviewStage,
} from "@boardroom/contract";
import { isoText, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { criteriaOf, stagesOf } from "../reviews/stage-parts.ts";
import { holdsAbove } from "../tree-holds/hold-gate.ts";
import { issueLinkOf } from "./blockers.ts";
import { ancestorsOf, holds, type IssueExtras, issueWhere, storedExtras } from "./internal.ts";
import { lastReadAt } from "./read-state.ts";

interface Extras extends IssueExtras {
  holder: IssueHolder | null;
  ancestors: IssueDetail["ancestors"];
  trace: IssueTrace;
  children: IssueDetail["children"];
  labels: Label[];
  holds: HoldAbove[];
  reviews: ReviewStage[];
  criteria: Criterion[];
  costCents: number;
  lastReadAt: string | null;
}

/** One issue as its own page shows it. The holder is there only while its lease is valid. */
export async function getIssue(ctx: Ctx, { id: ref }: InputOf<"issues.get">): Promise<IssueDetail> {
  const [issue] = await ctx.db.rows<typeof schema.issues, Extras>(
    schema.issues,
    sql`select i.*, ${storedExtras("i")}, ${ancestorsOf("i")} as ancestors, ${trace} as trace, ${holder} as holder,
        ${children} as children, ${labels} as labels, ${holdsAbove("i")} as holds, ${stagesOf("i")} as reviews, ${criteriaOf("i")} as criteria,
        ${isoText(lastReadAt(ctx, "i"))} as last_read_at,
        coalesce((select sum(e.cost_cents) from cost_events e where e.company_id = i.company_id and e.issue_id = i.id), 0)::float8 as cost_cents
      from issues i where ${issueWhere(ctx.db.companyId, ref, "i")}`,
  );
  return found(issue, "issue");
}

const trace = sql`jsonb_build_object('goals', (
    with recursive line as (
      select g.company_id, g.id, g.title, g.parent_id, 1 as depth from goals g where g.company_id = i.company_id and g.id = i.goal_id
      union all
      select g.company_id, g.id, g.title, g.parent_id, line.depth + 1 from line
      join goals g on g.company_id = line.company_id and g.id = line.parent_id where line.depth < 100)
    select coalesce(jsonb_agg(jsonb_build_object('id', id, 'title', title) order by depth desc), '[]') from line),
  'project', (select jsonb_build_object('id', p.id, 'name', p.name) from projects p where p.company_id = i.company_id and p.id = i.project_id),
  'milestone', (
    select jsonb_build_object('id', m.id, 'name', m.name) from milestones m where m.company_id = i.company_id and m.id = i.milestone_id))`;

const holder = sql`(
  select jsonb_build_object('runId', h.id, 'agentId', h.agent_id, 'agentName', a.name, 'costCents', h.cost_cents,
    'since', ${isoText(sql`coalesce(i.execution_locked_at, h.started_at)`)}, 'leaseExpiresAt', ${isoText(sql`h.lease_expires_at`)})
  from heartbeat_runs h join agents a on a.company_id = h.company_id and a.id = h.agent_id where ${holds("i")})`;

const children = sql`(
  select coalesce(jsonb_agg(${issueLinkOf("c")} order by c.issue_number), '[]')
  from (select * from issues c where c.company_id = i.company_id and c.parent_id = i.id order by c.issue_number limit 200) c)`;

const labels = sql`(
  select coalesce(jsonb_agg(jsonb_build_object('id', n.id, 'companyId', n.company_id, 'name', n.name, 'color', n.color,
    'createdAt', ${isoText(sql`n.created_at`)}) order by n.name), '[]')
  from issue_labels l join labels n on n.company_id = l.company_id and n.id = l.label_id
  where l.company_id = i.company_id and l.issue_id = i.id)`;
