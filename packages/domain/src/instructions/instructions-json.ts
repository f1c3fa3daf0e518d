import { type SQL, sql } from "drizzle-orm";

/** The files in force of an agent, over the alias of its row; null where there are none. */
export const instructionsJson = (alias: string): SQL => {
  const a = sql.identifier(alias);
  return sql`(
    select n.files from agent_instructions n
    where n.company_id = ${a}.company_id and n.agent_id = ${a}.id and n.version = ${a}.instructions_version)`;
};
