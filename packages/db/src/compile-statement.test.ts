import { and, eq, inArray, sql } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";
import { describe, expect, it } from "vitest";
import { compileStatement } from "./compile-statement.ts";
import { issues } from "./schema/index.ts";

const dialect = new PgDialect();
const id = "00000000-0000-7000-8000-000000000001";

describe("a compiled statement", () => {
  it.each([
    ["text and parameters", sql`select ${1}, ${"a"}, ${null}, ${true} from issues`],
    ["nested statements", sql`with a as (${sql`select ${id}::uuid`}) select * from a where id = ${id}`],
    ["names with quotes", sql`select ${sql.identifier('we"ird')} from ${sql.identifier("issues")}`],
    ["joined parts", sql`values ${sql.join([sql`(${1})`, sql`(${2})`], sql`, `)}`],
    ["raw text and empty parts", sql`select ${sql.raw("1")} ${sql``} ${undefined}`],
    ["columns and tables", sql`select ${issues.id} from ${issues} where ${issues.companyId} = ${id}`],
    [
      "conditions of the builder",
      sql`select 1 where ${and(eq(issues.id, id), inArray(issues.status, ["todo", "done"]))} and ${3} = 3`,
    ],
    ["parameters with an encoder", sql`select ${sql.param({ a: 1 }, issues.title)}, ${sql.param(["x"])}`],
    ["lists", sql`select 1 where id in ${[1, 2, 3]} and ${4} = 4`],
  ])("is what drizzle makes of it: %s", (_, statement) => {
    const { sql: text, params } = dialect.sqlToQuery(statement);
    expect(compileStatement(statement)).toEqual({ text, params });
  });
});
