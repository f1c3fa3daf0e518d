import type { DecidedApproval } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { decideApproval } from "./decide-approval.ts";

/**
 * Approves: a proposed hire becomes an agent in the same statement, its signing secret is answered this once.
 * @throws BoardroomError stale_state, already_exists, invalid_reference, unsafe_url, company_not_active
 */
export async function approveApproval(ctx: Ctx, input: InputOf<"approvals.approve">): Promise<DecidedApproval> {
  const { row, webhookSecret } = await decideApproval(ctx, input, "approved");
  return { ...row, webhookSecret };
}
