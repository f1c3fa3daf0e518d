import {
  BoardroomError,
  type Criterion,
  type EvidenceMissing,
  type ReviewOpen,
  type ReviewStage,
} from "@boardroom/contract";
import { notFound } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";

/** Why a statement left an issue alone, as the error for the caller. */
const refusals = {
  lease_lost: () => leaseLost(),
  company_archived: () =>
    new BoardroomError("company_not_active", "The company is archived: nothing can be created in it."),
  no_issue: () => notFound("issue"),
  no_parent: () => new BoardroomError("invalid_reference", "The parent is not an issue of this company."),
  no_blocker: () => new BoardroomError("invalid_reference", "A blocker is not an issue of this company."),
  blocker_circle: () => new BoardroomError("unusable_reference", "An issue can't wait for one that waits for it."),
  circle: () => new BoardroomError("unusable_reference", "An issue can't stand below itself."),
  no_assignee: () => new BoardroomError("invalid_reference", "The assignee is not an agent of this company."),
  no_milestone: () => new BoardroomError("invalid_reference", "The milestone is not one of the issue's project."),
  no_workspace: () => new BoardroomError("invalid_reference", "There is no such workspace in this company."),
  assignee_terminated: () =>
    new BoardroomError("unusable_reference", "The assignee was terminated. Choose another agent."),
  no_member: () => new BoardroomError("invalid_reference", "The assignee is not a member of this company."),
  not_yours_to_cancel: () =>
    new BoardroomError(
      "forbidden",
      "An agent may cancel only what it created itself. Complete the issue, block it with a reason, or ask your manager.",
    ),
  not_yours_to_start: () => new BoardroomError("forbidden", "Only the assignee or the board may start this issue."),
  blocked_without_owner: () =>
    new BoardroomError(
      "blocked_without_owner",
      "A blocked issue names who acts and what they do: `blocked {ownerAgentId | ownerUserId, action}`, or open blockers.",
    ),
  not_blocked: () =>
    new BoardroomError("invalid_request", "Only a blocked issue names who acts on it.", [
      { path: "blocked", message: "Set status to blocked too" },
    ]),
  no_owner: () =>
    new BoardroomError("invalid_reference", "Who shall act is neither an agent nor a member of this company."),
  reviewer_assigned: () =>
    new BoardroomError("unusable_reference", "The assignee reviews the work on this issue, so they can't do it."),
  not_yours: () =>
    new BoardroomError(
      "forbidden",
      "An agent changes what it works on, what it asked for, and what those below it work on. Comment, or ask the board.",
    ),
  no_override: () => new BoardroomError("forbidden", "Only a person may say that the evidence isn't needed."),
  on_hold: () =>
    new BoardroomError("on_hold", "The board paused this issue, or one above it. Wait until it is released."),
  held_by_other: () =>
    new BoardroomError("conflict", "Another agent is working on this issue. Wait until it is done, or ask the board."),
};

export type Refusal = keyof typeof refusals;

export const refused = (reason: Refusal): BoardroomError => refusals[reason]();

export const reviewOpen = (issueId: string, stages: ReviewStage[]): BoardroomError =>
  new BoardroomError("review_open", `${stages.length} of its stages of review have not approved it yet.`, {
    issueId,
    stages,
  } satisfies ReviewOpen);

export const evidenceMissing = (issueId: string, criteria: Criterion[]): BoardroomError =>
  new BoardroomError(
    "evidence_missing",
    `What shows that it is done is missing: ${criteria[0]?.text.slice(0, 200) ?? ""}`,
    {
      issueId,
      criteria: criteria.map(({ id, text }) => ({ id, text })),
    } satisfies EvidenceMissing,
  );

/** One issue has one assignee. */
export function requireOneAssignee(fields: { assigneeAgentId?: string | null; assigneeUserId?: string | null }): void {
  if (fields.assigneeAgentId && fields.assigneeUserId) {
    throw new BoardroomError("invalid_request", "An issue has one assignee: an agent or a person.", [
      { path: "assigneeUserId", message: "Leave it out, or leave out assigneeAgentId" },
    ]);
  }
}
