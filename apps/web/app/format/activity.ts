import { boardSentences } from "./board-activity.ts";
import { machineSentences } from "./machine-activity.ts";
import { formatMoney } from "./money.ts";

export interface ActivityEntry {
  action: string;
  actorType?: string;
  entityType: string;
  details: Record<string, unknown> | null;
}

type Details = Record<string, unknown>;

/** What happened, as two halves around the thing that it happened to: "moved" ACME-4 "to in progress". */
export function describeActivity({ action, actorType, entityType, details }: ActivityEntry): ActivityText {
  const known = (actorType === "system" ? seen[action] : undefined) ?? sentences[action];
  const sentence = known ? known(details ?? {}) : fallback(action, entityType);
  const at = sentence.indexOf("%");
  if (at === -1) return { before: sentence, after: "", namesTarget: false };
  return { before: sentence.slice(0, at).trim(), after: sentence.slice(at + 1), namesTarget: true };
}

export interface ActivityText {
  before: string;
  after: string;
  /** Whether the thing is named between the two. */
  namesTarget: boolean;
}

const sentences: Record<string, (details: Details) => string> = {
  "agent.budget_set": budgetSet,
  "agent.permissions_changed": () => "changed what % may do",
  "agent.session_reset": () => "made % start fresh",
  "agent.updated": changed,
  "agent.wake_requested": () => "woke %",
  "agent.webhook_secret_rotated": () => "made a new signing secret for %",
  "agent_key.created": () => "made the key %",
  "agent_key.revoked": () => "revoked the key %",
  "board_key.created": () => "made the key %",
  "board_key.revoked": () => "revoked the key %",
  "budget.alert": () => "found the budget of % nearly used up",
  "budget.exhausted": () => "found the budget of % used up",
  "approval.commented": () => "commented on %",
  "approval.requested": ({ type }) => (type === "hire_agent" ? "proposed to hire %" : "asked for %"),
  "approval.revision_requested": () => "sent % back",
  "company.budget_changed": () => "changed the budget of %",
  "company.updated": changed,
  "cost.reported": spent,
  "goal.updated": changed,
  "webhook_endpoint.secret_rotated": () => "made a new signing secret for %",
  "webhook_endpoint.stopped": ({ reason }) => `stopped telling %${quote(reason)}`,
  "issue.attachment_added": ({ fileName }) => `attached a file to %${quote(fileName)}`,
  "issue.attachment_deleted": ({ fileName }) => `deleted a file of %${quote(fileName)}`,
  "issue.blockers_changed": blockersChanged,
  "issue.checked_out": () => "took %",
  "issue.comment_added": ({ excerpt }) => `commented on %${quote(excerpt)}`,
  "issue.comment_deleted": () => "deleted a comment on %",
  "issue.criteria_set": () => "set what has to be true before % is done",
  "issue.criterion_met": ({ criterion }) => `showed for %${quote(criterion)}`,
  "issue.criterion_reopened": ({ criterion }) => `took evidence back on %${quote(criterion)}`,
  "issue.document_added": ({ document }) => `wrote a document for %${quote(document)}`,
  "issue.document_deleted": ({ document }) => `deleted a document of %${quote(document)}`,
  "issue.document_updated": ({ document, restored }) =>
    `${restored === true ? "went back to an earlier version of" : "changed"} a document of %${quote(document)}`,
  "issue.escalated": ({ reason }) => `escalated %${quote(reason)}`,
  "issue.evidence_overridden": ({ note }) => `let % be done without all evidence${quote(note)}`,
  "issue.review_approved": ({ note }) => `approved the work on %${quote(note)}`,
  "issue.review_changes_requested": ({ note }) => `asked for changes on %${quote(note)}`,
  "issue.review_stages_set": () => "set who reviews %",
  "issue.tree_cancelled": ({ reason }) => `cancelled % and all below it${quote(reason)}`,
  "issue.tree_paused": ({ reason }) => `paused % and all below it${quote(reason)}`,
  "issue.tree_restored": () => "restored % and what was below it",
  "issue.tree_resumed": () => "let % and all below it go on",
  "issue.force_released": () => "took % back from its holder",
  "issue.lock_released": () => "let go of %",
  "issue.released": () => "put % back",
  "issue.status_changed": changed,
  "issue.updated": changed,
  "milestone.updated": changed,
  "project.updated": changed,
  "secret.created": () => "stored the secret %",
  "secret.deleted": () => "deleted the secret %",
  "secret.rotated": () => "gave the secret % a new value",
  "secret.updated": changed,
  "run.accepted": () => "saw % taken up",
  "run.cancel_requested": () => "asked to stop %",
  "run.cancelled": () => "stopped %",
  "routine.failed": ({ reason }) => `could not fire %${because(reason)}`,
  "routine.restored": () => "went back to an earlier version of %",
  "routine.skipped": ({ reason }) => `passed over %${because(reason)}`,
  "routine.slots_missed": () => "missed times of %",
  "routine.trigger_created": () => "gave % a trigger",
  "routine.trigger_deleted": () => "took a trigger off %",
  "routine.trigger_secret_rotated": () => "made a new webhook secret for %",
  "routine.trigger_updated": () => "changed a trigger of %",
  "routine.updated": changed,
  "run.deferred": ({ reason }) => (reason === "runner" ? "let % wait for a runner" : `let % wait${because(reason)}`),
  "run.delivery_failed": ({ error }) => `could not deliver %${quote(error)}`,
  "run.events_added": () => "reported events of %",
  "run.failed": ({ error }) => `saw % fail${quote(error)}`,
  "run.lost": () => "lost sight of %",
  "run.succeeded": ({ summary }) => `finished %${quote(summary)}`,
  "run.timed_out": () => "saw % run out of time",
  "wake.skipped": ({ reason }) => `skipped a wake${because(reason)}`,
  ...boardSentences,
  ...machineSentences,
};

/** What agents do, where Boardroom only saw it happen. */
const seen: typeof sentences = {
  "run.succeeded": ({ summary }) => `saw % succeed${quote(summary)}`,
};

/** ", budget exhausted": a reason of the system. */
function because(reason: unknown): string {
  return typeof reason === "string" ? `, ${words(reason)}` : "";
}

/** What was said, in a few words. */
function quote(said: unknown): string {
  if (typeof said !== "string" || said.trim() === "") return "";
  const line = said.trim().split("\n")[0] ?? "";
  return `: ${line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line}`;
}

/** "made % wait for ACME-3 and no longer for ACME-2" */
function blockersChanged({ added, removed }: Details): string {
  const [more, fewer] = [listed(added), listed(removed)];
  if (more === "") return `freed % from waiting for ${fewer}`;
  return `made % wait for ${more}${fewer && ` and no longer for ${fewer}`}`;
}

function listed(names: unknown): string {
  const texts = Array.isArray(names) ? names.filter((each) => typeof each === "string") : [];
  const last = texts.pop();
  return texts.length > 0 ? `${texts.join(", ")} and ${last}` : (last ?? "");
}

function budgetSet({ budgetMonthlyCents: cents }: Details): string {
  return typeof cents === "number" ? `set the budget of % to ${formatMoney(cents)} a month` : "took the limit off %";
}

/** "moved % to Done", or the names of what changed. */
function changed(details: Details): string {
  const status = statusOf(details);
  if (status !== null) return `moved % to ${stateLabel(status)}`;
  const fields = namesOf(details)
    .filter((field) => field !== "comment")
    .map((field) => words(field.replace(/(Agent|User)?Ids?$/, "")));
  return fields.length > 0 ? `changed the ${fields.join(", ")} of %` : "changed %";
}

/** A state as the board calls it: "In progress". */
function stateLabel(status: string): string {
  const text = status === "todo" ? "to do" : words(status);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function statusOf(details: Details): string | null {
  // A list of names beside the status says whether the status is among what changed.
  if (Array.isArray(details.changed) && !details.changed.includes("status")) return null;
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
  return typeof details.costCents === "number" ? `spent ${formatMoney(details.costCents)}` : "reported a cost";
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
