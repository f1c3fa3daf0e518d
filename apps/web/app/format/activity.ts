import { formatMoney } from "./money.ts";

export interface ActivityEntry {
  action: string;
  entityType: string;
  details: Record<string, unknown> | null;
}

type Details = Record<string, unknown>;

/** What happened, as two halves around the thing that it happened to: "moved", ACME-4, "to in progress". */
export function describeActivity({ action, entityType, details }: ActivityEntry): [before: string, after: string] {
  const known = sentences[action];
  const sentence = known ? known(details ?? {}) : fallback(action, entityType);
  const [before = "", after = ""] = sentence.split("%");
  return [before.trim(), after.trim()];
}

const sentences: Record<string, (details: Details) => string> = {
  "issue.checked_out": () => "took %",
  "issue.released": () => "put % back",
  "issue.force_released": () => "took % back from its holder",
  "issue.updated": changed,
  "comment.created": () => "commented on %",
  "issue.commented": () => "commented on %",
  "issue.comment_added": () => "commented on %",
  "cost.reported": spent,
  "agent.hired": () => "hired %",
};

/** "moved % to done", or the names of what changed. */
function changed(details: Details): string {
  const status = statusOf(details);
  if (status !== null) return `moved % to ${words(status)}`;
  const fields = namesOf(details).map((field) => words(field.replace(/(Agent|User)?Ids?$/, "")));
  return fields.length > 0 ? `changed the ${fields.join(", ")} of %` : "changed %";
}

function statusOf(details: Details): string | null {
  const change = isRecord(details.changes) ? details.changes.status : (details.status ?? details.to);
  const to = isRecord(change) ? change.to : change;
  return typeof to === "string" ? to : null;
}

function namesOf(details: Details): string[] {
  const named = details.changed ?? details.fields ?? details.changes;
  if (Array.isArray(named)) return named.filter((each) => typeof each === "string");
  return isRecord(named) ? Object.keys(named) : [];
}

function spent(details: Details): string {
  return typeof details.costCents === "number"
    ? `spent ${formatMoney(details.costCents)} on %`
    : "reported a cost of %";
}

/** "goal.created" as "created %", "agent.budget_alerted" as "budget alerted: %". */
function fallback(action: string, entityType: string): string {
  const [first = "", ...rest] = action.split(".");
  const what = words(rest.length > 0 ? rest.join(" ") : first || entityType);
  return /^\w+ed$/.test(what) ? `${what} %` : `${what}: %`;
}

function words(key: string): string {
  return key
    .replaceAll(/[_-]/g, " ")
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase();
}

function isRecord(value: unknown): value is Details {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
