import type { StatementResult } from "./exchange.ts";
import type { SqlRequest } from "./sql-request.ts";

const BOOL = 16;
const NUMBERS = new Set([21, 23, 700, 701]);
const JSON_TYPES = new Set([114, 3802]);

/** The body of a successful answer, in the shape the Neon driver reads. */
export function writeAnswer(request: SqlRequest, results: StatementResult[]): string {
  const parts = results.map((result) => writeResult(request, result));
  return request.batch ? `{"results":[${parts.join(",")}]}` : (parts[0] ?? "{}");
}

function writeResult({ arrayMode, rawText }: SqlRequest, result: StatementResult): string {
  const rows = arrayMode && rawText ? result.rows : shapeRows(result, arrayMode, rawText);
  const { fieldsJson, command, rowCount } = result;
  return `{"command":"${command}","rowCount":${rowCount},"fields":${fieldsJson},"rows":${JSON.stringify(rows)},"rowAsArray":${arrayMode}}`;
}

function shapeRows({ fields, rows }: StatementResult, arrayMode: boolean, rawText: boolean): unknown[] {
  return rows.map((row) => {
    const values = row.map((text, index) => (rawText ? text : decode(fields[index]?.dataTypeID ?? 0, text)));
    return arrayMode ? values : Object.fromEntries(fields.map((field, index) => [field.name, values[index]]));
  });
}

/** What JSON has a type for becomes that type; all else, int8 and numeric too, stays text. */
function decode(type: number, text: string | null): unknown {
  if (text === null) return null;
  if (type === BOOL) return text === "t";
  if (JSON_TYPES.has(type)) return JSON.parse(text);
  const number = NUMBERS.has(type) ? Number(text) : Number.NaN;
  return Number.isFinite(number) ? number : text;
}
