import { type SQL, sql } from "drizzle-orm";

/** Whether a text looks as a rule's pattern says: `*` stands for anything, `\*` for itself. */
export const looksLike = (text: SQL, pattern: SQL): SQL => {
  // What is escaped is put aside first, as characters that nobody writes; then LIKE's own signs lose their meaning.
  const aside = sql`replace(replace(${pattern}, '\\\\', chr(2)), '\\*', chr(1))`;
  const plain = sql`replace(replace(replace(${aside}, '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;
  return sql`${text} like replace(replace(replace(${plain}, '*', '%'), chr(1), '*'), chr(2), '\\\\')`;
};

/** The pattern that only this very text fits. */
export const exactPattern = (text: string): string => text.replace(/[\\*]/g, "\\$&");

/**
 * The first rule that fits a tool call, over the alias `a` of its agent, as a lateral subselect: `id, effect, note`. A rule that
 * wants a shape doesn't fit a call that shows none.
 */
export const firstRule = (companyId: string, tool: string, shape: string | null): SQL => sql`(
  select r.id, r.effect, r.note from tool_rules r
  where r.company_id = ${companyId}::uuid and ${looksLike(sql`${tool}::text`, sql`r.tool`)}
    and (r.shape is null or coalesce(${looksLike(sql`${shape}::text`, sql`r.shape`)}, false))
    and (r.adapter_type is null or r.adapter_type = a.adapter_type) and (r.agent_id is null or r.agent_id = a.id)
  order by r.position, r.id limit 1)`;
