import { type SQL, sql } from "drizzle-orm";

/**
 * Text with every `{{name}}` replaced by its value, as SQL. One pass: a value that itself holds `{{…}}` stays as it is, and so
 * does a name that has no value.
 * @param template a text expression
 * @param values a jsonb expression of text by name
 */
export const filled = (template: SQL, values: SQL): SQL => sql`(
  select string_agg(piece.part || coalesce(${values} ->> place.found[1], case when place.found[1] is not null then '{{' || place.found[1] || '}}' end, ''), '' order by piece.at)
  from regexp_split_to_table(${template}, ${pattern}) with ordinality as piece (part, at)
  left join regexp_matches(${template}, ${pattern}, 'g') with ordinality as place (found, at) on place.at = piece.at)`;

const pattern = sql.raw(`'\\{\\{\\s*([A-Za-z_][A-Za-z0-9_]*)\\s*\\}\\}'`);
