import type { Approval } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { decideApproval } from "./decide-approval.ts";

/**
 * Rejects: nothing changes but that the requester learns it.
 * @throws BoardroomError stale_state
 */
export async function rejectApproval(ctx: Ctx, input: InputOf<"approvals.reject">): Promise<Approval> {
  return (await decideApproval(ctx, input, "rejected")).row;
}
