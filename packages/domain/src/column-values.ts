import { getTableColumns, type InferInsertModel, SQL, sql } from "drizzle-orm";
import type { PgTable } from "drizzle-orm/pg-core";

/** Values by the table's keys; expressions are allowed, undefined means left as it is. */
export type ColumnValues<T extends PgTable> = { [K in keyof InferInsertModel<T>]?: InferInsertModel<T>[K] | SQL };

/** `a = 1, b = 2` of the values that are given, for an update; the update time comes along. */
export function assign<T extends PgTable>(table: T, values: ColumnValues<T>): SQL {
  const pairs = given(table, values).map(({ name, value }) => sql`${name} = ${value}`);
  if ("updatedAt" in getTableColumns(table)) pairs.push(sql`updated_at = now()`);
  return sql.join(pairs, sql`, `);
}

/** `goals (a, b) select 1, 2` of the values that are given, for an insert; a `from` or `where` may follow. */
export function insertInto<T extends PgTable>(table: T, values: ColumnValues<T>): SQL {
  const pairs = given(table, values);
  const names = pairs.map(({ name }) => name);
  const cells = pairs.map(({ value, type }) => (value instanceof SQL ? value : sql`${value}::${type}`));
  return sql`insert into ${table} (${sql.join(names, sql`, `)}) select ${sql.join(cells, sql`, `)}`;
}

function given<T extends PgTable>(table: T, values: ColumnValues<T>) {
  const entries: [string, unknown][] = Object.entries(values);
  const columns = getTableColumns(table);
  return entries.flatMap(([key, value]) => {
    const column = columns[key];
    if (!column || value === undefined) return [];
    const name = sql.identifier(column.name);
    return { name, value: value instanceof SQL ? value : sql.param(value, column), type: sql.raw(column.getSQLType()) };
  });
}

/** An array parameter: bare arrays would become lists of parameters. */
export const textArray = (values: readonly string[]): SQL => sql`${sql.param(values)}::text[]`;
export const idArray = (values: readonly string[]): SQL => sql`${sql.param(values)}::uuid[]`;
