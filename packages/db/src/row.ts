import type { InferSelectModel } from "drizzle-orm";
import { getTableColumns, getTableName, type SQL, sql } from "drizzle-orm";
import type { PgColumn, PgTable } from "drizzle-orm/pg-core";

/** A row of a table with what its statement adds. */
export type Row<T extends PgTable, Extra extends object = object> = InferSelectModel<T> & Extra;

const columnsByName = new Map<string, Map<string, { key: string; column: PgColumn }>>();

function columnsOf(table: PgTable) {
  const tableName = getTableName(table);
  const known = columnsByName.get(tableName);
  if (known) return known;
  const entries = Object.entries(getTableColumns(table)) as [string, PgColumn][];
  const made = new Map(entries.map(([key, column]) => [column.name, { key, column }]));
  columnsByName.set(tableName, made);
  return made;
}

/** Maps a driver row by the table's columns; columns that the table doesn't have keep their value under a camelCase key. */
export function mapRow<T extends PgTable, Extra extends object>(table: T, raw: Record<string, unknown>): Row<T, Extra> {
  const columns = columnsOf(table);
  const mapped: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(raw)) {
    const known = columns.get(name);
    if (known) mapped[known.key] = value === null ? null : known.column.mapFromDriverValue(value);
    else mapped[toCamelCase(name)] = value;
  }
  return mapped as Row<T, Extra>;
}

const toCamelCase = (name: string) => name.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** A time inside JSON built by SQL, in the same form as everywhere else. */
export const isoText = (time: SQL | PgColumn): SQL<string> =>
  sql<string>`to_char(${time} at time zone 'utc', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
