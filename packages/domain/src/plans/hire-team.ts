import { type Agent, type Approval, BoardroomError } from "@boardroom/contract";
import { mapRow, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { type AgentExtras, agentColumns } from "../agents/agent-columns.ts";
import { makeWebhookSecret } from "../agents/hire-parts.ts";
import { requesterOf } from "../approvals/requester.ts";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { completePlan } from "./complete-plan.ts";
import { planAgentParts } from "./plan-agents.ts";

interface Outcome {
  isArchived: boolean;
  agentRows: Record<string, unknown>[] | null;
  approvalRow: Record<string, unknown> | null;
  hasOwnSecret: boolean;
}

/**
 * Hires several agents at once. An owner or admin does so directly, unless the company wants every hire decided; else it
 * becomes one decision of the board.
 * @throws BoardroomError invalid_plan, already_exists, company_not_active
 */
export async function hireTeam(
  ctx: Ctx,
  input: InputOf<"agents.hireTeam">,
): Promise<{ agents: Agent[]; approval: Approval | null; webhookSecret: string | null }> {
  const { companyId } = ctx.db;
  const { actor } = ctx;
  const own = { adapterType: input.adapterType, adapterConfig: input.adapterConfig };
  const named = input.agents.map((agent) =>
    agent.draft.adapterType ? agent : { ...agent, draft: { ...agent.draft, ...own } },
  );
  const summary = `Hire a team: ${named.map(({ draft }) => draft.name).join(", ")}`;
  const payload = await completePlan(ctx, { version: 1, summary, agents: named });
  const mayHire = actor.kind === "user" && (actor.role === "owner" || actor.role === "admin");
  const secret = await makeWebhookSecret(ctx);
  const values = { companyId, type: "approve_ceo_strategy" as const, payload, ...requesterOf(actor) };
  const { rows, replayed } = await mutate<typeof schema.approvals, Outcome>(ctx, schema.approvals, {
    with: {
      company: sql`
        select id, status = 'archived' as is_archived,
          not require_board_approval_for_new_agents and ${mayHire}::boolean as lets_through
        from companies where id = ${companyId}::uuid`,
      plan_source: sql`
        select id as company_id, null::uuid as id, null::uuid as requested_by_agent_id, null::jsonb as selection,
          ${JSON.stringify(payload)}::jsonb as payload
        from company where lets_through and not is_archived`,
      ...planAgentParts(ctx, secret.sealed),
      proposed: sql`
        ${insertInto(schema.approvals, values)} from company where not lets_through and not is_archived returning *`,
      outcome: sql`
        select 'agent' as kind, id, name from plan_hired
        union all select 'approval', id, payload ->> 'summary' from proposed`,
    },
    activity: [
      {
        from: "outcome",
        action: sql`case kind when 'agent' then 'agent.hired' else 'approval.requested' end`,
        entityType: sql`kind`,
        entityId: sql`id`,
        details: sql`jsonb_build_object('type', 'approve_ceo_strategy', 'name', name)`,
      },
    ],
    select: sql`
      select company.is_archived,
        (select jsonb_agg(to_jsonb(shown) order by shown.id) from (select ${agentColumns()} from plan_hired a) shown) as agent_rows,
        (select to_jsonb(p) from proposed p) as approval_row, exists (select 1 from plan_own_secret) as has_own_secret
      from company`,
  });
  const { isArchived, agentRows, approvalRow, hasOwnSecret } = found(rows[0], "company");
  if (isArchived)
    throw new BoardroomError("company_not_active", "The company is archived: nobody can be hired into it.");
  return {
    agents: (agentRows ?? []).map((row) => mapRow<typeof schema.agents, AgentExtras>(schema.agents, row)),
    approval: approvalRow && mapRow(schema.approvals, approvalRow),
    webhookSecret: hasOwnSecret && !replayed ? secret.plain : null,
  };
}
