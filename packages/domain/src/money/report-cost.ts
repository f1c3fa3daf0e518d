import { BoardroomError, type CostEvent } from "@boardroom/contract";
import { type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { refusedCost } from "./refused-cost.ts";
import { isSameCost, type StatedCost, writeCosts } from "./write-costs.ts";

/**
 * Writes a cost into the ledger and counts it, once per id. What isn't said about issue, project, goal and billing code comes
 * from the run's issue; what isn't said about the money is estimated from the tokens by the model's price. An agent reports
 * only its own costs; from within a run they are that run's.
 * @throws BoardroomError forbidden, invalid_reference, lease_lost, idempotency_mismatch when the id is another event's
 */
export async function reportCost(
  ctx: Ctx,
  { idempotencyKey: _, ...input }: InputOf<"costs.report">,
): Promise<CostEvent> {
  const [row] = await writeCosts(ctx, [input]);
  const event = found(row, "company");
  if (event.id !== null) return event.isReplayed ? event : sameEvent(event, input);
  if (event.refusal) throw refusedCost(event.refusal);
  return sameEvent(await readEvent(ctx, input.id), input);
}

/** The same id at the same moment: the other call's event became visible only after this statement began. */
async function readEvent(ctx: Ctx, id: string | undefined): Promise<Row<typeof schema.costEvents>> {
  const [event] = await ctx.db.rows(
    schema.costEvents,
    sql`select * from cost_events where company_id = ${ctx.db.companyId}::uuid and id = ${id ?? null}::uuid`,
  );
  return found(event, "cost event");
}

/** An id that is in the ledger already must come with the same content. */
function sameEvent<E extends Row<typeof schema.costEvents>>(event: E, input: StatedCost): E {
  if (isSameCost(event, input)) return event;
  throw new BoardroomError("idempotency_mismatch", "This id is already another cost event's.");
}
