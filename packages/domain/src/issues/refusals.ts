import { BoardroomError } from "@boardroom/contract";
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
  held_by_other: () =>
    new BoardroomError("conflict", "Another agent is working on this issue. Wait until it is done, or ask the board."),
};

export type Refusal = keyof typeof refusals;

export const refused = (reason: Refusal): BoardroomError => refusals[reason]();

/** One issue has one assignee. */
export function requireOneAssignee(fields: { assigneeAgentId?: string | null; assigneeUserId?: string | null }): void {
  if (fields.assigneeAgentId && fields.assigneeUserId) {
    throw new BoardroomError("invalid_request", "An issue has one assignee: an agent or a person.", [
      { path: "assigneeUserId", message: "Leave it out, or leave out assigneeAgentId" },
    ]);
  }
}
