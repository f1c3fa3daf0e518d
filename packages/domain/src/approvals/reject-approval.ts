import type { Approval } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { castVote } from "./cast-vote.ts";

/**
 * Votes against it. Once it is rejected nothing changes but that the requester learns it.
 * @throws BoardroomError stale_state, forbidden
 */
export const rejectApproval = (ctx: Ctx, input: InputOf<"approvals.reject">): Promise<Approval> =>
  castVote(ctx, { ...input, approves: false });
