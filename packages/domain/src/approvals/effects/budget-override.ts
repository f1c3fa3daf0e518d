import { BoardroomError } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import { systemActor } from "../../context.ts";
import { queueWake } from "../../heartbeat/queue-wake.ts";
import { raiseActivity, raiseParts } from "../../money/raise-parts.ts";
import type { MakeEffect } from "./effect.ts";

const incidentId = sql`case when payload ->> 'incidentId' ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$' then (payload ->> 'incidentId')::uuid end`;
const amountCents = sql`case when jsonb_typeof(payload -> 'amountCents') = 'number' then (payload ->> 'amountCents')::numeric(20, 6) end`;

/**
 * The budget of the incident that is named is raised, and what its stop paused goes on: payload `{incidentId, amountCents}`. One
 * that names none asks in words, and has no effect but its answer.
 */
export const budgetOverrideEffect: MakeEffect = (ctx, from) => {
  const { companyId } = ctx.db;
  return {
    refusal: sql`(
      select case when asked.amount is null then 'no_amount' when n.id is null or n.status <> 'open' then 'decided'
          when asked.amount <= budget_spent(p) then 'too_little' end
      from (select ${incidentId} as incident_id, ${amountCents} as amount from (select target.payload) t) asked
      left join budget_incidents n on n.company_id = ${companyId}::uuid and n.id = asked.incident_id
      left join budget_policies p on p.company_id = n.company_id and p.id = n.policy_id
      where target.payload ? 'incidentId')`,
    with: {
      budget_grant: sql`
        select ${incidentId} as incident_id, ${amountCents} as amount_cents, decision_note as note, id as approval_id
        from ${sql.identifier(from)} where payload ? 'incidentId'`,
      ...raiseParts(companyId, "budget_grant", sql`${ctx.actor.type === "user" ? ctx.actor.id : null}::text`),
    },
    activity: raiseActivity,
    answer: { raise_agent_ids: sql`select array_agg(id) from raise_agents` },
    // Those that were paused can be woken only once they are resumed; should this Worker die, the tick finds their work stranded.
    outcome: ({ raiseAgentIds }) => {
      const ids = Array.isArray(raiseAgentIds) ? raiseAgentIds.map(String) : [];
      const own = { ...ctx, actor: systemActor, idempotency: null };
      for (const agentId of ids) {
        ctx.ports.afterwards(() =>
          queueWake(own, {
            agentId,
            source: "automation",
            reason: "agent_resumed",
            triggerDetail: null,
            issueId: null,
            payload: null,
          }),
        );
      }
      return {};
    },
    refused: (refusal) =>
      refusal === "decided"
        ? new BoardroomError("conflict", "This budget incident was decided already.")
        : new BoardroomError("invalid_request", "The new budget has to be more than what is spent."),
  };
};
