import { Name, Param, SQL, StringChunk } from "drizzle-orm";
import { PgDialect } from "drizzle-orm/pg-core";

export interface CompiledStatement {
  text: string;
  params: unknown[];
}

const dialect = new PgDialect();

/**
 * The text and parameters of a statement, as drizzle makes them. Drizzle looks at each piece of a statement through a dozen
 * class checks, which takes longer than PostgreSQL needs for a checkout; ours are nearly all text, parameters and names, and
 * those are put together here. Whatever else there is, drizzle puts together.
 */
export function compileStatement(statement: SQL): CompiledStatement {
  const compiled: CompiledStatement = { text: "", params: [] };
  append(compiled, statement.queryChunks);
  return compiled;
}

function append(compiled: CompiledStatement, chunks: readonly unknown[]): void {
  for (const chunk of chunks) {
    if (chunk instanceof StringChunk) {
      compiled.text += chunk.value.length === 1 ? chunk.value[0] : chunk.value.join("");
    } else if (chunk instanceof SQL) {
      append(compiled, chunk.queryChunks);
    } else if (chunk instanceof Param) {
      appendValue(compiled, chunk.value === null ? null : chunk.encoder.mapToDriverValue(chunk.value));
    } else if (chunk instanceof Name) {
      compiled.text += dialect.escapeName(chunk.value);
    } else if (chunk === null || typeof chunk !== "object") {
      if (chunk !== undefined) appendValue(compiled, chunk);
    } else {
      appendByDrizzle(compiled, chunk);
    }
  }
}

function appendValue(compiled: CompiledStatement, value: unknown): void {
  if (value instanceof SQL) {
    append(compiled, value.queryChunks);
  } else {
    compiled.params.push(value);
    compiled.text += `$${compiled.params.length}`;
  }
}

/** Tables, columns, subqueries, lists: drizzle numbers their parameters on from ours. */
function appendByDrizzle(compiled: CompiledStatement, chunk: object): void {
  const { sql, params } = new SQL([chunk as never]).toQuery({
    casing: { getColumnCasing: (column: { name: string }) => column.name } as never,
    escapeName: (name) => dialect.escapeName(name),
    escapeParam: (index) => dialect.escapeParam(index),
    escapeString: (text) => dialect.escapeString(text),
    paramStartIndex: { value: compiled.params.length },
  });
  compiled.text += sql;
  compiled.params.push(...params);
}
