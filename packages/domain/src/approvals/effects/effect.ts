import type { Approval, BoardroomError, DecidedApproval } from "@boardroom/contract";
import type { ActivityEntry } from "@boardroom/db";
import type { SQL } from "drizzle-orm";
import type { Ctx } from "../../context.ts";

/** What an effect adds to the answer of the approval that caused it. */
export type EffectOutcome = Partial<Omit<DecidedApproval, keyof Approval>>;

/**
 * What approving one type of approval causes, as parts of the one statement that makes the decision take effect. The parts of
 * every type stand in that statement; only those of the approval's own type find a row to work on.
 */
export interface ApprovalEffect {
  /** Why it can't be done: a text, null when it can. Over `target` (the approval) and `c` (its company). */
  refusal?: SQL;
  /** CTEs that start from the one named `from`. Their names are unique among all effects and not those of `wakeParts`. */
  with?: Record<string, SQL>;
  /** Whether the CTEs did what they should; when false nothing is decided, so they must have done nothing then. */
  done?: SQL;
  activity?: readonly ActivityEntry[];
  /** A select of (agent_id uuid, issue_id uuid, reason text, payload jsonb): agents to wake beside the requester. */
  causes?: SQL;
  /** The CTE of the agents that it makes; at most one effect has one. */
  newAgents?: string;
  /** Columns of the answer, each a scalar subquery over the CTEs; `outcome` gets them in camelCase. */
  answer?: Record<string, SQL>;
  outcome?(row: Record<string, unknown>): EffectOutcome;
  /** The error of a refusal; null where `done` was false. */
  refused?(refusal: string | null): BoardroomError;
}

/**
 * Makes the parts of one type.
 * @param from the CTE with the approval's row when it takes effect now, and without a row otherwise. It has the columns of
 * `approvals`; `selection` says which parts of it were approved
 */
export type MakeEffect = (ctx: Ctx, from: string) => ApprovalEffect | Promise<ApprovalEffect>;
