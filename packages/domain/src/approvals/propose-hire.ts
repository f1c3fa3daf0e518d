import type { Agent, Approval } from "@boardroom/contract";
import { mapRow, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { type AgentExtras, agentColumns } from "../agents/agent-columns.ts";
import { completeDraft } from "../agents/agent-draft.ts";
import { scheduledWake } from "../agents/follow-schedule.ts";
import { type HireRefusal, hireParts, makeWebhookSecret, refusedHire, shownSecret } from "../agents/hire-parts.ts";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { leaseLost } from "../heartbeat/executor.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { requesterOf } from "./requester.ts";

interface Outcome {
  refusal: HireRefusal | "lease_lost" | null;
  agentRow: Record<string, unknown> | null;
  approvalRow: Record<string, unknown> | null;
}

/**
 * Proposes a hire. It waits for the board, unless the company lets hires through and the proposer may hire: an owner, an
 * admin, or an agent with that permission. Then the agent is there at once.
 * @throws BoardroomError already_exists, invalid_reference, unsafe_url, company_not_active
 */
export async function proposeHire(
  ctx: Ctx,
  input: InputOf<"agents.hire">,
): Promise<{ agent: Agent | null; approval: Approval | null; webhookSecret: string | null }> {
  const { companyId } = ctx.db;
  const { actor } = ctx;
  const draft = await completeDraft(ctx, input);
  const secret = await makeWebhookSecret(ctx);
  const mayHire = actor.kind === "user" && (actor.role === "owner" || actor.role === "admin");
  const proposal = sql`${insertInto(schema.approvals, {
    companyId,
    type: "hire_agent",
    payload: { ...draft },
    ...requesterOf(actor),
  })} from policy where not lets_through and refusal is null`;
  const judged = sql`
    select c.id, c.status = 'archived' as archived, ${draft.reportsTo ?? null}::uuid as manager_id, ${draft.sourceIssueId ?? null}::uuid as issue_id,
      not c.require_board_approval_for_new_agents and (${mayHire}::boolean or coalesce((
        select (a.permissions ->> 'canCreateAgents')::boolean from agents a
        where a.company_id = c.id and a.id = ${actor.agentId}::uuid), false)) as lets_through
    from companies c where c.id = ${companyId}::uuid`;
  const { rows, replayed } = await mutate<typeof schema.approvals, Outcome>(ctx, schema.approvals, {
    with: {
      policy: sql`
        select judged.lets_through, case
          when not ${liveRunGuard(ctx)} then 'lease_lost'
          when judged.archived then 'archived'
          when judged.manager_id is not null and m.id is null then 'no_manager'
          when m.status = 'terminated' then 'manager_left'
          when judged.issue_id is not null and not exists (
            select 1 from issues i where i.company_id = judged.id and i.id = judged.issue_id) then 'no_issue'
          when not judged.lets_through and exists (
            select 1 from agents o where o.company_id = judged.id and o.url_key = ${draft.urlKey}) then 'name_taken'
        end as refusal
        from (${judged}) judged left join agents m on m.company_id = judged.id and m.id = judged.manager_id`,
      wanted: sql`select ${JSON.stringify(draft)}::jsonb as draft from policy where lets_through and refusal is null`,
      ...hireParts(ctx, "wanted", secret.sealed),
      proposed: sql`${proposal} returning *`,
      outcome: sql`
        select 'agent' as kind, id, name from hired union all select 'approval', id, payload ->> 'name' from proposed`,
    },
    activity: [
      {
        from: "outcome",
        action: sql`case kind when 'agent' then 'agent.hired' else 'approval.requested' end`,
        entityType: sql`kind`,
        entityId: sql`id`,
        details: sql`jsonb_build_object('type', 'hire_agent', 'name', name)`,
      },
    ],
    select: sql`
      select policy.refusal,
        (select to_jsonb(shown) from (select ${agentColumns(scheduledWake)} from hired a) shown) as agent_row,
        (select to_jsonb(p) from proposed p) as approval_row
      from policy`,
  });
  const { refusal, agentRow, approvalRow } = found(rows[0], "company");
  if (refusal === "lease_lost") throw leaseLost();
  if (!agentRow && !approvalRow) throw refusedHire(refusal ?? "manager_left");
  return {
    agent: agentRow && mapRow<typeof schema.agents, AgentExtras>(schema.agents, agentRow),
    approval: approvalRow && mapRow(schema.approvals, approvalRow),
    webhookSecret: agentRow && !replayed ? shownSecret(draft.adapterType, secret.plain) : null,
  };
}
