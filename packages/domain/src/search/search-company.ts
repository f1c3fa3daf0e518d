import type { SearchHit } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { matchMarks, readMarks } from "./read-marks.ts";
import { searchQuery, wordsOrNull } from "./search-query.ts";

type Found = Omit<SearchHit, "title" | "excerpt"> & { title: string; excerpt: string | null };

/** The best of what a company has for some words, best first, with the places where they stand. */
export async function searchCompany(ctx: Ctx, input: InputOf<"search.company">): Promise<SearchHit[]> {
  const { companyId } = ctx.db;
  const q = input.q.trim();
  const rows = await ctx.db.raw<Found>(sql`
    with asked as materialized (select ${searchQuery(q)} as wanted),
    hits as materialized (
      select f.* from asked, boardroom_find_entries(asked.wanted, ${q}, ${wordsOrNull(input.kinds)}, ${wordsOrNull(input.status)}::issue_status[],
        ${input.projectId ?? null}::uuid, ${input.assigneeAgentId ?? null}::uuid, ${input.limit}) f),
    texts as (
      select h.*, ${textOf("title")} as heading, ${textOf("body")} as body, coalesce(a.url_key, d.key) as url_key,
        case when i.id is not null then jsonb_build_object('id', i.id, 'identifier', i.identifier, 'title', i.title, 'status', i.status,
          'priority', i.priority, 'assigneeAgentId', i.assignee_agent_id) end as issue
      from hits h
      left join issues i on i.company_id = ${companyId}::uuid and i.id = h.issue_id
      left join comments c on h.entity_type = 'comment' and c.company_id = ${companyId}::uuid and c.id = h.entity_id
      left join documents d on h.entity_type = 'document' and d.company_id = ${companyId}::uuid and d.id = h.entity_id
      left join projects p on h.entity_type = 'project' and p.company_id = ${companyId}::uuid and p.id = h.entity_id
      left join goals g on h.entity_type = 'goal' and g.company_id = ${companyId}::uuid and g.id = h.entity_id
      left join agents a on h.entity_type = 'agent' and a.company_id = ${companyId}::uuid and a.id = h.entity_id)
    select entity_type as "entityType", entity_id as "entityId", url_key as "urlKey", issue, rank,
      ${headline(sql`heading`, "HighlightAll=true")} as title,
      case when body <> '' then ${headline(sql`left(body, 20000)`, "MaxFragments=1, MinWords=8, MaxWords=24")} end as excerpt
    from texts, asked order by rank desc, entity_id desc`);
  return rows.map((row) => ({
    ...row,
    title: readMarks(row.title),
    excerpt: row.excerpt === null ? null : readMarks(row.excerpt),
  }));
}

/** The heading or the text of each kind of hit; a comment goes under its issue's title. */
function textOf(part: "title" | "body"): SQL {
  const columns: Record<string, readonly [title: SQL, body: SQL]> = {
    issue: [sql`i.title`, sql`i.description`],
    comment: [sql`i.title`, sql`c.body`],
    document: [sql`d.title`, sql`d.body`],
    project: [sql`p.name`, sql`p.description`],
    goal: [sql`g.title`, sql`g.description`],
    agent: [sql`a.name`, sql`a.capabilities`],
  };
  const cases = Object.entries(columns).map(
    ([kind, [title, body]]) => sql`when ${kind} then ${part === "title" ? title : body}`,
  );
  return sql`coalesce(case h.entity_type ${sql.join(cases, sql` `)} end, '')`;
}

const headline = (text: SQL, options: string) =>
  sql`ts_headline('simple', ${text}, wanted, ${`${options}, StartSel="${matchMarks.start}", StopSel="${matchMarks.stop}"`})`;
