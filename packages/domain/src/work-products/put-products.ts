import type { WorkProductKind } from "@boardroom/contract";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { redact } from "../redaction/index.ts";
import { redactJson } from "../redaction/redact-json.ts";

/** Who showed the row `product`. */
export const creatorName = (product: string): SQL<string | null> => {
  const k = sql.identifier(product);
  return sql<string | null>`coalesce(
    (select a.name from agents a where a.company_id = ${k}.company_id and a.id = ${k}.created_by_agent_id),
    (select m.display_name from memberships m where m.company_id = ${k}.company_id and m.user_id = ${k}.created_by_user_id))`;
};

export interface ProductDraft {
  kind: WorkProductKind;
  title: string;
  ref?: string | null | undefined;
  url?: string | null | undefined;
  data?: Record<string, unknown> | null | undefined;
}

/**
 * A CTE that puts what came out of work on the issue of the alias `e` in `source` (`company_id`, `issue_id`, `id` of the
 * workspace). The same kind and ref again replaces it; secrets in texts and diffs are masked.
 */
export function putProducts({ actor }: Pick<Ctx, "actor">, source: SQL, products: readonly ProductDraft[]): SQL {
  const masked = products.map(({ title, data, ...rest }) => ({
    ...rest,
    title: redact(title),
    data: redactJson(data ?? null),
  }));
  return sql`
    insert into work_products as k (company_id, issue_id, run_id, execution_workspace_id, kind, title, url, ref, data, created_by_agent_id, created_by_user_id)
    select distinct on (p.kind, coalesce(p.ref, p.n::text)) e.company_id, e.issue_id, ${actor.runId}::uuid, e.id, p.kind, p.title, p.url, p.ref, p.data,
      ${actor.agentId}::uuid, ${actor.type === "user" ? actor.id : null}::text
    from ${source} cross join rows from (jsonb_to_recordset(${JSON.stringify(masked)}::jsonb)
      as (kind work_product_kind, title text, url text, ref text, data jsonb)) with ordinality p (kind, title, url, ref, data, n)
    order by p.kind, coalesce(p.ref, p.n::text), p.n desc
    on conflict (company_id, issue_id, kind, ref) where ref is not null do update set title = excluded.title, url = excluded.url,
      data = excluded.data, run_id = excluded.run_id, execution_workspace_id = coalesce(excluded.execution_workspace_id, k.execution_workspace_id), updated_at = now()
    returning k.*, (xmax = 0) as is_new`;
}
