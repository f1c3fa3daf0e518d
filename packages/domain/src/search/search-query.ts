import { type SQL, sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";

/**
 * What was typed as a full-text query: each word also as the beginning of one, all of them wanted. Quotes and a leading minus
 * ask for the exact form instead.
 */
export function searchQuery(q: string): SQL {
  if (/["]|(^|\s)-\S/.test(q)) return sql`websearch_to_tsquery('simple', ${q})`;
  return sql`(select coalesce(to_tsquery('simple', string_agg(
      '''' || replace(replace(lexeme, '\\', '\\\\'), '''', '''''') || ''':*', ' & ')), ''::tsquery)
    from unnest(to_tsvector('simple', ${q})))`;
}

/** A list of words as an array of PostgreSQL; null when there is none. */
export const wordsOrNull = (values: readonly string[] | undefined): SQL =>
  values === undefined ? sql`null::text[]` : textArray(values);
