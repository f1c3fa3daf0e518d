import { type SQL, sql } from "drizzle-orm";

/** The sentence for a reason inside a statement; the reason itself where there is none. */
export function sentenceOf(reason: SQL, sentences: Readonly<Record<string, string>>): SQL {
  const cases = Object.entries(sentences).map(([name, text]) => sql`when ${name}::text then ${text}::text`);
  return sql`case ${reason} ${sql.join(cases, sql` `)} else ${reason} end`;
}
