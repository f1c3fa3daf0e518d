import { type SQL, sql } from "drizzle-orm";

/**
 * What was typed as a full-text query: each word also as the beginning of one, all of them wanted. Quotes and a leading minus
 * ask for the exact form instead.
 */
export function searchQuery(q: string): SQL {
  if (/["]|(^|\s)-\S/.test(q)) return sql`websearch_to_tsquery('simple', ${q})`;
  return sql`(select coalesce(to_tsquery('simple', string_agg(
      '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || '''' || case when length(lexeme) > 1 then ':*' else '' end, ' & ')), ''::tsquery)
    from unnest(to_tsvector('simple', ${q})))`;
}
