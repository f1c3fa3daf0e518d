import { BoardroomError, type CostBatchResult } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { type CostRefusal, refusedCost } from "./refused-cost.ts";
import { isSameCost, writeCosts } from "./write-costs.ts";

/**
 * Writes up to 500 costs into the ledger in one statement. Each has an id of its own and counts once; one that can't be taken
 * doesn't keep the others from it, and its place in the answer says why.
 * @throws BoardroomError lease_lost, forbidden where that is so of all of them
 */
export async function reportCosts(
  ctx: Ctx,
  { events }: InputOf<"costs.reportBatch">,
): Promise<{ created: number; results: CostBatchResult[] }> {
  const rows = await writeCosts(ctx, events);
  const [first] = rows;
  if (first?.refusal && isOfCaller.has(first.refusal) && rows.every(({ refusal }) => refusal === first.refusal)) {
    throw refusedCost(first.refusal);
  }
  const results = rows.map((row, index): CostBatchResult => {
    const input = events[index];
    if (row.id !== null && input && (row.isNew || isSameCost(row, input))) {
      return { index, id: row.id, status: row.isNew ? "created" : "duplicate", event: row, code: null, error: null };
    }
    const error = row.refusal ? refusedCost(row.refusal) : takenId();
    return { index, id: input?.id ?? null, status: "refused", event: null, code: error.code, error: error.message };
  });
  return { created: results.filter(({ status }) => status === "created").length, results };
}

/** What is wrong with who reports, not with a cost: where it is so of all, the whole call is refused. */
const isOfCaller = new Set<CostRefusal>(["lease_lost", "other_agent"]);

const takenId = () => new BoardroomError("idempotency_mismatch", "This id is already another cost event's.");
