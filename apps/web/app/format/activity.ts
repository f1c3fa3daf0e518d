import { formatMoney } from "./money.ts";

export interface ActivityEntry {
  action: string;
  entityType: string;
  details: Record<string, unknown> | null;
}

/** What happened, as the end of a sentence that begins with who did it. */
export function describeActivity({ action, entityType, details }: ActivityEntry): string {
  const known = sentences[action];
  return known ? known(details ?? {}) : fallback(action, entityType);
}

type Details = Record<string, unknown>;

const sentences: Record<string, (details: Details) => string> = {
  "issue.created": () => "created",
  "issue.checked_out": () => "took",
  "issue.checkout": () => "took",
  "issue.released": () => "put back",
  "issue.force_released": () => "took back from its holder",
  "issue.updated": changed,
  "issue.deleted": () => "deleted",
  "comment.created": () => "commented on",
  "issue.commented": () => "commented on",
  "cost.reported": (details) =>
    typeof details.costCents === "number" ? `spent ${formatMoney(details.costCents)}` : "reported a cost",
};

/** "moved to Done", "assigned", or the names of what changed. */
function changed(details: Details): string {
  const to = details.status ?? (isRecord(details.changes) ? details.changes.status : undefined);
  const status = isRecord(to) ? to.to : to;
  if (typeof status === "string") return `moved to ${words(status)}`;
  const fields = isRecord(details.changes)
    ? Object.keys(details.changes)
    : Array.isArray(details.fields)
      ? details.fields.map(String)
      : [];
  return fields.length > 0
    ? `changed ${fields.map((field) => words(field.replace(/(Agent)?Id$/, ""))).join(", ")} of`
    : "changed";
}

/** "agent.budget_alerted" as "budget alerted". */
function fallback(action: string, entityType: string): string {
  const [first = "", ...rest] = action.split(".");
  return words(rest.length > 0 ? rest.join(" ") : first || entityType);
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
