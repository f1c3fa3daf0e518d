import type { IssueAtTime } from "@boardroom/contract";

export type IssueState = NonNullable<IssueAtTime["state"]>;

/** An entry of the log that changed an issue. */
export interface LoggedChange {
  action: string;
  details: Record<string, unknown> | null;
}

const fields = [
  "title",
  "description",
  "status",
  "priority",
  "projectId",
  "milestoneId",
  "goalId",
  "parentId",
  "assigneeAgentId",
  "assigneeUserId",
  "billingCode",
  "labelIds",
  "blockedByIssueIds",
] as const satisfies readonly (keyof IssueState)[];
type Field = (typeof fields)[number];
const isField = (name: string): name is Field => fields.some((known) => known === name);

/** What the log keeps of a long text that came in; what was replaced is kept whole. */
export const keptOfNewText = 300;

/**
 * Takes changes back from an issue, the latest first. A change whose outcome isn't what the issue then was shows that something
 * in between wasn't logged: its field is inexact from there on back, until an entry says what it was.
 */
export function rewindIssue(
  now: IssueState,
  changes: readonly LoggedChange[],
): { state: IssueState; inexactFields: string[] } {
  const state: Record<Field, unknown> = Object.fromEntries(fields.map((field) => [field, now[field]])) as never;
  const inexact = new Set<Field>();
  for (const { details } of changes) {
    takeBackBlockers(state, details);
    for (const [field, change] of Object.entries(recordOf(details?.changes))) {
      if (!isField(field)) continue;
      const { from = null, to = null } = recordOf(change);
      if (!isSame(state[field], to)) inexact.add(field);
      else inexact.delete(field);
      state[field] = from;
    }
  }
  return { state: state as never, inexactFields: [...inexact] };
}

function takeBackBlockers(state: Record<Field, unknown>, details: LoggedChange["details"]): void {
  const added = idsOf(details?.addedIds);
  const removed = idsOf(details?.removedIds);
  if (added.length + removed.length === 0) return;
  const before = idsOf(state.blockedByIssueIds).filter((id) => !added.includes(id));
  state.blockedByIssueIds = [...new Set([...before, ...removed])].sort();
}

/** A long text is logged by its beginning alone where it came in. */
function isSame(was: unknown, logged: unknown): boolean {
  if (typeof was === "string" && typeof logged === "string") {
    return was === logged || (logged.length >= keptOfNewText && was.startsWith(logged));
  }
  return JSON.stringify(was ?? null) === JSON.stringify(logged);
}

const idsOf = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === "string") : [];
const recordOf = (value: unknown): Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : {};
