import type { Issue } from "@boardroom/contract";
import { canGoBack } from "./next-states.ts";

export type BulkIssue = Pick<
  Issue,
  "id" | "status" | "priority" | "projectId" | "milestoneId" | "assigneeAgentId" | "assigneeUserId" | "labelIds"
>;
/** One change of many issues, as the API takes it. */
export interface BulkSet {
  status?: Issue["status"];
  priority?: Issue["priority"];
  projectId?: string | null;
  milestoneId?: string | null;
  assigneeAgentId?: string | null;
  assigneeUserId?: string | null;
  addLabelIds?: string[];
  removeLabelIds?: string[];
}

/** What gives issues back what a change took from them: those that had the same get it back together. */
export function undoGroups(before: readonly BulkIssue[], set: BulkSet): { ids: string[]; set: BulkSet }[] {
  const groups = new Map<string, { ids: string[]; set: BulkSet }>();
  for (const issue of before) {
    const back = formerOf(issue, set);
    if (Object.keys(back).length === 0) continue;
    const key = JSON.stringify(back);
    const group = groups.get(key) ?? { ids: [], set: back };
    group.ids.push(issue.id);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** The values of an issue that the change replaces, where there is a way back to them. */
function formerOf(issue: BulkIssue, set: BulkSet): BulkSet {
  const back: BulkSet = {};
  const { status, priority, projectId, milestoneId, assigneeAgentId } = set;
  if (status !== undefined && status !== issue.status && canGoBack(issue.status, status)) back.status = issue.status;
  if (priority !== undefined && priority !== issue.priority) back.priority = issue.priority;
  if (projectId !== undefined && projectId !== issue.projectId) {
    // Its milestone goes with the project, and comes back with it.
    back.projectId = issue.projectId;
    back.milestoneId = issue.milestoneId;
  } else if (milestoneId !== undefined && milestoneId !== issue.milestoneId) back.milestoneId = issue.milestoneId;
  if (assigneeAgentId !== undefined && assigneeAgentId !== issue.assigneeAgentId) {
    back.assigneeAgentId = issue.assigneeAgentId;
    if (issue.assigneeUserId !== null) back.assigneeUserId = issue.assigneeUserId;
  }
  const added = set.addLabelIds?.filter((id) => !issue.labelIds.includes(id)) ?? [];
  const removed = set.removeLabelIds?.filter((id) => issue.labelIds.includes(id)) ?? [];
  if (added.length > 0) back.removeLabelIds = added;
  if (removed.length > 0) back.addLabelIds = removed;
  return back;
}
