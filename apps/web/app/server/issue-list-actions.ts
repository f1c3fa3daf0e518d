import { operations } from "@boardroom/contract";
import { redirect } from "@remix-run/cloudflare";
import type { z } from "zod";
import { InvalidForm, parseForm } from "../forms/act.ts";
import { invalid } from "../forms/failure.ts";
import { readText } from "../forms/read.ts";
import type { CompanyActionArgs } from "./board.ts";
import { readBlocked } from "./issue-flow.ts";

/** What a change of many issues came to. */
export interface BulkOutcome {
  bulk: {
    changedIds: string[];
    refused: { id: string; message: string }[];
    isUndo: boolean;
  };
}

const bulkBody = operations["issues.bulk"].body;

/** Does what the forms of the list and of the board ask. */
export async function actOnIssues(args: CompanyActionArgs): Promise<BulkOutcome | Response> {
  const { api, form, intent } = args;
  if (intent === "bulk") return changeMany(args);
  if (intent === "bulk-undo") return undoMany(args);
  const params = { id: readText(form, "issue") };
  const change =
    intent === "block" ? { status: "blocked", blocked: readBlocked(form) } : { status: form.get("status") };
  await api.call("issues.update", { params, body: parseForm(operations["issues.update"].body, change, form) });
  return redirect(pathWithoutSheet(args));
}

async function changeMany({ api, company, form }: CompanyActionArgs): Promise<BulkOutcome> {
  const body = parseForm(bulkBody, { ids: form.getAll("ids"), set: readSet(form) }, form);
  const results = await api.call("issues.bulk", { params: { cid: company.id }, body });
  return outcomeOf(results, false);
}

async function undoMany({ api, company, form }: CompanyActionArgs): Promise<BulkOutcome> {
  const results: Results = [];
  for (const group of readGroups(form)) {
    const body = parseForm(bulkBody, group, form);
    results.push(...(await api.call("issues.bulk", { params: { cid: company.id }, body })));
  }
  return outcomeOf(results, true);
}

type Results = z.output<(typeof operations)["issues.bulk"]["output"]>;

function outcomeOf(results: Results, isUndo: boolean): BulkOutcome {
  return {
    bulk: {
      changedIds: results.flatMap(({ id, changed }) => (changed ? [id] : [])),
      refused: results.flatMap(({ id, error }) => (error ? [{ id, message: error.message }] : [])),
      isUndo,
    },
  };
}

/** What was, as the page that changed it wrote it down. */
function readGroups(form: FormData): unknown[] {
  try {
    const groups: unknown = JSON.parse(readText(form, "groups"));
    if (Array.isArray(groups)) return groups;
  } catch {
    // Falls through: it is no list.
  }
  throw new InvalidForm(invalid(form, []));
}

/** The fields that somebody chose a value for; "none" empties one. */
export function readSet(form: FormData): Record<string, unknown> {
  const set: Record<string, unknown> = {};
  for (const name of ["status", "priority", "projectId", "milestoneId", "assigneeAgentId"]) {
    const value = readText(form, name);
    if (value !== "") set[name] = value === "none" ? null : value;
  }
  for (const name of ["addLabelIds", "removeLabelIds"]) {
    const value = readText(form, name);
    if (value !== "") set[name] = [value];
  }
  return set;
}

function pathWithoutSheet({ url, company }: CompanyActionArgs): string {
  const search = new URLSearchParams(url.search);
  search.delete("sheet");
  return `/${company.issuePrefix.toLowerCase()}/issues?${search}`;
}
