import { type SQL, sql } from "drizzle-orm";

/** Whether a text looks as a rule's pattern says: `*` stands for anything, `\*` for itself. */
export const looksLike = (text: SQL, pattern: SQL): SQL => {
  // What is escaped is put aside first, as characters that nobody writes; then LIKE's own signs lose their meaning.
  const aside = sql`replace(replace(${pattern}, '\\\\', chr(2)), '\\*', chr(1))`;
  const plain = sql`replace(replace(replace(${aside}, '\\', '\\\\'), '%', '\\%'), '_', '\\_')`;
  return sql`${text} like replace(replace(replace(${plain}, '*', '%'), chr(1), '*'), chr(2), '\\\\')`;
};

/**
 * What begins another command in a shell, leads a path out of its folder, or into one from which git and coding CLIs start
 * programs.
 */
const breakouts = [
  sql`'[;&|<>()\x60\n\r]'`,
  sql`'\\.\\.(?=[/\\\\]|\\s|["'']|$)'`,
  sql`'(?<![^/\\\\\\s"''=])\\.(git|claude|codex|gemini|cursor|opencode|pi|hermes|vscode|husky|mcp\\.json)(?=[/\\\\]|\\s|["'']|$)'`,
];

/**
 * Whether the stars of a pattern stand for nothing that makes another command or another folder of it: the text has no more
 * of that than the pattern itself. A star alone means anything.
 */
const keepsWithin = (text: SQL, pattern: SQL): SQL => {
  const meant = sql`regexp_replace(${pattern}, '\\\\([\\\\*])', '\\1', 'g')`;
  const counts = breakouts.map(
    (sign) => sql`regexp_count(${text}, ${sign}, 1, 'i') = regexp_count(${meant}, ${sign}, 1, 'i')`,
  );
  return sql`(${pattern} = '*' or (${sql.join(counts, sql` and `)}))`;
};

/** The pattern that only this very text fits. */
export const exactPattern = (text: string): string => text.replace(/[\\*]/g, "\\$&");

/**
 * The first rule that fits a tool call, over the alias `a` of its agent, as a lateral subselect: `id, effect, note`. A rule that
 * wants a shape doesn't fit a call that shows none, and one that allows `git *` doesn't allow `git log; rm -r .`.
 */
export const firstRule = (companyId: string, tool: string, shape: string | null): SQL => sql`(
  select r.id, r.effect, r.note from tool_rules r
  where r.company_id = ${companyId}::uuid and ${looksLike(sql`${tool}::text`, sql`r.tool`)}
    and (r.shape is null or coalesce(${looksLike(sql`${shape}::text`, sql`r.shape`)}, false))
    and (r.effect <> 'allow' or r.shape is null or ${keepsWithin(sql`${shape}::text`, sql`r.shape`)})
    and (r.adapter_type is null or r.adapter_type = a.adapter_type) and (r.agent_id is null or r.agent_id = a.id)
  order by r.position, r.id limit 1)`;
