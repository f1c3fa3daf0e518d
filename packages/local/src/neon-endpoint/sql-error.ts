import { ResponseTooLarge } from "./exchange.ts";
import { BadRequest } from "./sql-request.ts";

const FIELDS = [
  "severity",
  "code",
  "detail",
  "hint",
  "position",
  "internalPosition",
  "internalQuery",
  "schema",
  "table",
  "column",
  "dataType",
  "constraint",
  "file",
  "line",
  "routine",
  "where",
] as const;

/** Status and body for a failure: what PostgreSQL said is a 400 with all its fields, a lost server a 500. */
export function explainSqlError(error: unknown, maxBytes: number): { status: number; body: string } {
  if (error instanceof ResponseTooLarge) {
    return { status: 507, body: JSON.stringify({ message: `response is too large (max is ${maxBytes} bytes)` }) };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof BadRequest) return { status: 400, body: JSON.stringify({ message, code: null }) };
  const answer: Record<string, unknown> = { message };
  const said = typeof error === "object" && error !== null && "severity" in error ? Object.entries(error) : [];
  const found = new Map<string, unknown>(said);
  for (const field of FIELDS) answer[field] = found.get(field) ?? null;
  return { status: said.length > 0 ? 400 : 500, body: JSON.stringify(answer) };
}
