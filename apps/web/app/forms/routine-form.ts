import { operations, type RoutineVariable } from "@boardroom/contract";
import { InvalidForm } from "./act.ts";
import { readEnvironment } from "./environment.ts";
import { invalid } from "./failure.ts";
import { readInteger, readLines, readOptional, readText } from "./read.ts";

/** The fields of a routine's form, checked. */
export function readRoutine(form: FormData) {
  const rows = readVariableRows(form);
  const parsed = operations["routines.create"].body.safeParse({
    title: readText(form, "title"),
    description: readLines(form, "description"),
    assigneeAgentId: readOptional(form, "assigneeAgentId"),
    projectId: readOptional(form, "projectId"),
    priority: readText(form, "priority") || undefined,
    concurrencyPolicy: readText(form, "concurrencyPolicy") || undefined,
    catchUpPolicy: readText(form, "catchUpPolicy") || undefined,
    env: readEnvironment(form),
    variables: rows.map(({ variable }) => variable),
    idempotencyKey: readText(form, "idempotencyKey") || undefined,
  });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: fieldPath(issue.path, rows) }));
  throw new InvalidForm(invalid(form, issues));
}

interface VariableRow {
  row: number;
  variable: RoutineVariable;
}

/** The rows of the variables' editor; a row without a name is none. */
function readVariableRows(form: FormData): VariableRow[] {
  const count = Math.min(Number(readText(form, "variableRows")) || 0, 60);
  return Array.from({ length: count }, (_, row) => ({
    row,
    variable: {
      name: readText(form, `variable-${row}-name`),
      description: readOptional(form, `variable-${row}-description`),
      required: form.get(`variable-${row}-required`) === "on",
      default: readOptional(form, `variable-${row}-default`),
    },
  })).filter(({ variable }) => variable.name !== "");
}

/** Where on the form a finding belongs: at the variable's own row, or at the last one when it is about all. */
function fieldPath(path: PropertyKey[], rows: VariableRow[]): PropertyKey[] {
  if (path[0] !== "variables") return path;
  const place = typeof path[1] === "number" ? rows[path[1]] : rows.at(-1);
  return [`variable-${place?.row ?? 0}-${String(path[2] ?? "name")}`];
}

/** The values that a fire by hand brings: what was left empty takes its default. */
export function readVariableValues(form: FormData, variables: readonly RoutineVariable[]): Record<string, string> {
  const given = variables.map(({ name }) => [name, readText(form, `value-${name}`)] as const);
  return Object.fromEntries(given.filter(([, value]) => value !== ""));
}

/** What a schedule's form says. */
export function readSchedule(form: FormData) {
  return {
    label: readOptional(form, "label"),
    cronExpression: readText(form, "cronExpression"),
    timezone: readText(form, "timezone") || "UTC",
  };
}

/** What a webhook's form says. */
export function readWebhook(form: FormData) {
  return { label: readOptional(form, "label"), replayWindowSec: readInteger(form, "replayWindowSec") };
}
