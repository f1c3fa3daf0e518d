import type { DecidedApproval } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { castVote } from "./cast-vote.ts";

/**
 * Votes for it. With the last vote that the company's policy asks for what was asked happens in the same statement: a proposed
 * hire becomes an agent, and its signing secret is answered this once. With a grace window it happens once that has closed.
 * @throws BoardroomError stale_state, forbidden, already_exists, invalid_reference, unsafe_url, company_not_active
 */
export const approveApproval = (ctx: Ctx, input: InputOf<"approvals.approve">): Promise<DecidedApproval> =>
  castVote(ctx, { ...input, approves: true });
