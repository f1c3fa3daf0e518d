import { BoardroomError, type CostEvent } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { costParts } from "./cost-parts.ts";
import { judgeSharedBudgets } from "./judge-shared-budgets.ts";

/**
 * Says what an event really cost. The ledger is append-only: the difference to what the event and its earlier corrections come to
 * is an event of its own, at the same time and place.
 * @throws BoardroomError conflict when that is what it comes to already, or when it is a correction itself
 */
export async function correctCost(ctx: Ctx, { id, costCents, note }: InputOf<"costs.correct">): Promise<CostEvent> {
  const { companyId } = ctx.db;
  const { with: parts, activity } = costParts(companyId);
  const { rows } = await mutate<typeof schema.costEvents, { refusal: string | null }>(ctx, schema.costEvents, {
    // Corrections of one event wait for each other at its agent.
    before: sql`
      select 1 from agents where company_id = ${companyId}::uuid and id = (
        select agent_id from cost_events where company_id = ${companyId}::uuid and id = ${id}::uuid) for no key update`,
    with: {
      asked: sql`
        select e.*, s.cents as known_cents, case when e.corrects_event_id is not null then 'correction'
            when s.cents = ${costCents}::numeric(20, 6) then 'same' end as refusal
        from cost_events e cross join lateral (
          select e.cost_cents + coalesce(sum(c.cost_cents), 0) as cents from cost_events c
          where c.company_id = e.company_id and c.corrects_event_id = e.id) s
        where e.company_id = ${companyId}::uuid and e.id = ${id}::uuid`,
      cost_input: sql`
        select uuidv7() as id, agent_id, issue_id, project_id, goal_id, heartbeat_run_id, billing_code, provider, biller, billing_type, model,
          0::bigint as input_tokens, 0::bigint as cached_input_tokens, 0::bigint as output_tokens,
          ${costCents}::numeric(20, 6) - known_cents as cost_cents, occurred_at, 'corrected'::cost_basis as basis,
          ${note ?? null}::text as basis_note, id as corrects_event_id
        from asked where refusal is null`,
      ...parts,
    },
    activity,
    select: sql`select e.*, asked.refusal from asked left join cost_added e on true`,
  });
  const event = found(rows[0], "cost event");
  if (event.refusal === "same") throw new BoardroomError("conflict", "That is what it costs already.");
  if (event.refusal) throw new BoardroomError("conflict", "This is a correction. Correct the event that it is about.");
  ctx.ports.afterwards(() => judgeSharedBudgets(ctx));
  return event;
}
