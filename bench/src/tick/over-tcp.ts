import { type CompiledStatement, type Connection, compileStatement } from "@boardroom/db";
import type { SQL } from "drizzle-orm";
import type pg from "pg";

const unused = () => {
  throw new Error("The tick needs only plain statements");
};

/** The product's connection over one TCP client, without the HTTP in between: what is measured is the database's time. */
export function overTcp(client: pg.Client, sent: CompiledStatement[] = []): Connection {
  return {
    get build() {
      return unused();
    },
    read: unused,
    readAll: unused,
    rows: unused,
    async raw<T extends object>(statement: SQL): Promise<T[]> {
      const compiled = compileStatement(statement);
      sent.push(compiled);
      return (await client.query<T>(compiled.text, compiled.params)).rows;
    },
  };
}

/** Buffers that a statement touches while it runs, found in memory or not; it really runs. */
export async function countBuffers(client: pg.Client, { text, params }: CompiledStatement): Promise<number> {
  const explain = `explain (analyze, buffers, timing off, format json) ${text}`;
  const { rows } = await client.query<{ "QUERY PLAN": [{ Plan: Record<string, number> }] }>(explain, params);
  const plan = rows[0]?.["QUERY PLAN"][0].Plan;
  return Number(plan?.["Shared Hit Blocks"]) + Number(plan?.["Shared Read Blocks"]);
}
