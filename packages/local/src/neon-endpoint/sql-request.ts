import type { IncomingHttpHeaders } from "node:http";

/** A statement with its parameters in PostgreSQL's text form. */
export interface Statement {
  text: string;
  values: (string | null)[];
}

export interface SqlRequest {
  statements: Statement[];
  /** True for `{queries}`: one transaction, answered with `{results}`. */
  batch: boolean;
  begin: string;
  arrayMode: boolean;
  rawText: boolean;
}

/** A request that never reaches PostgreSQL. */
export class BadRequest extends Error {}

const ISOLATION: Record<string, string> = {
  readuncommitted: "read uncommitted",
  readcommitted: "read committed",
  repeatableread: "repeatable read",
  serializable: "serializable",
};
const MAX_PARAMETERS = 65_535;

export function parseSqlRequest(headers: IncomingHttpHeaders, body: Buffer): SqlRequest {
  const parsed = parseJson(body);
  const batch = "queries" in parsed;
  const list = batch ? parsed.queries : [parsed];
  if (!Array.isArray(list)) throw new BadRequest('"queries" must be an array');
  return {
    statements: list.map(readStatement),
    batch,
    begin: batch ? writeBegin(headers) : "",
    arrayMode: headers["neon-array-mode"] === "true",
    rawText: headers["neon-raw-text-output"] === "true",
  };
}

function parseJson(body: Buffer): object {
  let parsed: unknown;
  try {
    parsed = JSON.parse(body.toString());
  } catch {
    throw new BadRequest("the body is not JSON");
  }
  if (typeof parsed !== "object" || parsed === null) throw new BadRequest("the body must be an object");
  return parsed;
}

function readStatement(item: unknown): Statement {
  if (typeof item !== "object" || item === null || !("query" in item) || typeof item.query !== "string") {
    throw new BadRequest('"query" must be a string');
  }
  // In the wire protocol a NUL would end the statement early.
  if (item.query.includes("\0")) throw new BadRequest("the query contains a NUL character");
  const params = "params" in item && item.params !== null ? item.params : [];
  if (!Array.isArray(params)) throw new BadRequest('"params" must be an array');
  if (params.length > MAX_PARAMETERS) throw new BadRequest(`more than ${MAX_PARAMETERS} parameters`);
  return { text: item.query, values: params.map(toText) };
}

function toText(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return `{${value.map(toArrayItem).join(",")}}`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function toArrayItem(value: unknown): string {
  const text = toText(value);
  if (text === null) return "NULL";
  return Array.isArray(value) ? text : `"${text.replaceAll(/["\\]/g, "\\$&")}"`;
}

function writeBegin(headers: IncomingHttpHeaders): string {
  const wanted = headers["neon-batch-isolation-level"];
  const level = typeof wanted === "string" ? ISOLATION[wanted.toLowerCase()] : "";
  if (level === undefined) throw new BadRequest(`unknown isolation level ${wanted}`);
  const modes = ["begin"];
  if (level !== "") modes.push(`isolation level ${level}`);
  if (headers["neon-batch-read-only"] === "true") modes.push("read only");
  if (headers["neon-batch-deferrable"] === "true") modes.push("deferrable");
  return modes.join(" ");
}
