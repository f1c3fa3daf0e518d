import { BoardroomError, type BudgetIncident } from "@boardroom/contract";
import { type Mutation, mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";
import type { InputOf } from "../input.ts";
import { type IncidentRow, shownIncidents } from "./policy-columns.ts";
import { raiseActivity, raiseParts } from "./raise-parts.ts";

type Input = InputOf<"budgets.resolveIncident">;
type Extras = IncidentRow & { refusal: "decided" | "too_little" | null; runIds: string[] | null };

/**
 * Decides on a budget incident, once: of two people who do so at the same time the second is told. Raising it resumes what the
 * stop paused; otherwise the stop stays until its window is over, and an agent that is kept paused beyond it.
 * @throws BoardroomError conflict when it is decided, invalid_request when the new budget isn't more than what is spent
 */
export async function resolveIncident(ctx: Ctx, input: Input): Promise<BudgetIncident> {
  const { companyId } = ctx.db;
  const raises = input.action === "raise_budget_and_resume";
  if (raises !== (input.amountCents !== undefined))
    throw tooLittle("State the new budget when it is raised, and only then.");
  const { rows } = await mutate<typeof schema.budgetIncidents, Extras>(ctx, schema.budgetIncidents, {
    before: [lockAgentOfIncident(companyId, input.id), lockIncident(companyId, input.id)],
    ...(raises ? raising(ctx, input) : closing(ctx, input)),
  });
  const incident = found(rows[0], "budget incident");
  if (incident.refusal === "decided") throw new BoardroomError("conflict", "This was decided already.");
  if (incident.refusal === "too_little") throw tooLittle("The new budget has to be more than what is spent.");
  ctx.ports.dispatch((incident.runIds ?? []).map((runId) => ({ companyId, runId })));
  return incident;
}

const tooLittle = (message: string) =>
  new BoardroomError("invalid_request", message, [{ path: "amountCents", message }]);

/** The incident with what stands against the decision, as a CTE `asked`. */
const asked = (companyId: string, { id, amountCents, note }: Input): SQL => sql`
  select n.*, n.id as incident_id, ${amountCents ?? null}::numeric as wished_cents, ${note ?? null}::text as said, case
      when n.status <> 'open' then 'decided'
      when ${amountCents ?? null}::numeric <= budget_spent(p) then 'too_little' end as refusal
  from budget_incidents n join budget_policies p on p.company_id = n.company_id and p.id = n.policy_id
  where n.company_id = ${companyId}::uuid and n.id = ${id}::uuid`;

const byUser = ({ actor }: Ctx) => sql`${actor.type === "user" ? actor.id : null}::text`;

function raising(ctx: Ctx, input: Input): Mutation {
  const { companyId } = ctx.db;
  return {
    with: {
      asked: asked(companyId, input),
      granted: sql`select incident_id, wished_cents as amount_cents, said as note, null::uuid as approval_id from asked where refusal is null`,
      ...raiseParts(companyId, "granted", byUser(ctx)),
      ...wakeParts(companyId, ctx.actor, {
        from: "raise_agents",
        agentId: sql`cause.id`,
        source: "automation",
        reason: "agent_resumed",
        resuming: true,
      }),
    },
    activity: raiseActivity,
    select: answer(sql`(select array_agg(id) from queued_run)`),
  };
}

function closing(ctx: Ctx, input: Input): Mutation {
  const { companyId } = ctx.db;
  return {
    with: {
      asked: asked(companyId, input),
      budget_lifted: sql`
        update budget_incidents n set action = ${input.action}::budget_action, note = asked.said, resolved_by_user_id = ${byUser(ctx)},
          status = ${input.action === "dismiss" ? "dismissed" : "resolved"}::budget_incident_status, resolved_at = now(),
          lifted_at = case when n.threshold = 'alert' then now() end
        from asked where asked.refusal is null and n.company_id = asked.company_id and n.id = asked.id returning n.*`,
    },
    activity: [
      {
        from: "budget_lifted",
        action: sql`'budget_incident.' || action`,
        entityType: "budget_incident",
        entityId: sql`id`,
        details: sql`jsonb_build_object('policyId', policy_id, 'threshold', threshold)`,
      },
    ],
    select: answer(sql`null::uuid[]`),
  };
}

/** The incident as it was decided, or as it is when it wasn't. */
const answer = (runIds: SQL): SQL => sql`
  select shown.*, asked.refusal, ${runIds} as run_ids
  from asked left join (${shownIncidents(sql`budget_lifted`)}) shown on shown.id = asked.id`;

const lockAgentOfIncident = (companyId: string, id: string): SQL => sql`
  select 1 from agents where company_id = ${companyId}::uuid and id = (
    select p.agent_id from budget_incidents n join budget_policies p on p.company_id = n.company_id and p.id = n.policy_id
    where n.company_id = ${companyId}::uuid and n.id = ${id}::uuid) for no key update`;
const lockIncident = (companyId: string, id: string): SQL => sql`
  select 1 from budget_incidents where company_id = ${companyId}::uuid and id = ${id}::uuid for update`;
