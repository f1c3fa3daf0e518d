import type { Approval } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { decideApproval } from "./decide-approval.ts";

/**
 * Sends a proposal back with a note.
 * @throws BoardroomError stale_state
 */
export async function requestRevision(ctx: Ctx, input: InputOf<"approvals.requestRevision">): Promise<Approval> {
  return (await decideApproval(ctx, input, "revision_requested")).row;
}
