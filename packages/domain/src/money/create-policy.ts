import { BoardroomError, type BudgetPolicy } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { lockAgent } from "../agents/lock-agent.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type PolicyRow, shownPolicies, toPolicy } from "./policy-columns.ts";
import { policyActivity, policyParts } from "./policy-parts.ts";

type Input = InputOf<"budgets.createPolicy">;

/**
 * Sets a budget beside those that are there; one that is used up already stops at once.
 * @throws BoardroomError already_exists where the scope has one of this window, invalid_request when the scope isn't named,
 * invalid_reference for an agent or project that isn't this company's
 */
export async function createPolicy(ctx: Ctx, input: Input): Promise<BudgetPolicy> {
  const { companyId } = ctx.db;
  const problem = shapeProblem(input);
  if (problem) {
    await checkNamed(ctx, input);
    throw problem;
  }
  const { agentId = null, projectId = null, windowDays = null } = input;
  const { rows } = await mutate<typeof schema.budgetPolicies, PolicyRow>(ctx, schema.budgetPolicies, {
    ...(agentId && { before: lockAgent(companyId, agentId) }),
    with: {
      // One without an amount stands for none: that is what is left of a monthly budget that was taken away.
      policy: sql`
        insert into budget_policies as b (company_id, scope, agent_id, project_id, budget_window, window_days, amount_cents, alert_percent, hard_stop)
        values (${companyId}::uuid, ${input.scope}::budget_policy_scope, ${agentId}::uuid, ${projectId}::uuid, ${input.window}::budget_window,
          ${windowDays}::int, ${input.amountCents}::numeric, ${input.alertPercent}::int, ${input.hardStop})
        on conflict on constraint budget_policies_one do update set amount_cents = excluded.amount_cents,
          alert_percent = excluded.alert_percent, hard_stop = excluded.hard_stop, updated_at = now()
        where b.amount_cents is null returning b.*`,
      ...policyParts(companyId, "policy"),
    },
    activity: [
      {
        from: "policy",
        action: "budget_policy.created",
        entityType: "budget_policy",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        details: sql`jsonb_build_object('scope', scope, 'window', budget_window, 'amountCents', amount_cents, 'projectId', project_id)`,
      },
      ...policyActivity,
    ],
    select: shownPolicies(sql`policy`),
  });
  if (!rows[0]) throw new BoardroomError("already_exists", "There is such a budget already. Change that one.");
  return toPolicy(found(rows[0], "budget"));
}

/** What the scope and the window need is there, and nothing else. */
function shapeProblem({ scope, agentId, projectId, window, windowDays }: Input): BoardroomError | null {
  const wrong = (path: string, message: string) => new BoardroomError("invalid_request", message, [{ path, message }]);
  if ((scope === "agent") !== (agentId !== undefined)) {
    return wrong("agentId", "Belongs to the scope agent, and only to it.");
  }
  if ((scope === "project") !== (projectId !== undefined)) {
    return wrong("projectId", "Belongs to the scope project, and only to it.");
  }
  if ((window === "rolling") !== (windowDays !== undefined)) {
    return wrong("windowDays", "Belongs to the window rolling, and only to it.");
  }
  return null;
}

/** What isn't this company's is not there, whatever else is wrong with the call. */
async function checkNamed({ db }: Ctx, { agentId, projectId }: Input): Promise<void> {
  const [row] = await db.raw<{ known: boolean }>(sql`
    select (${agentId ?? null}::uuid is null or exists (select 1 from agents a where a.company_id = ${db.companyId}::uuid and a.id = ${agentId ?? null}::uuid))
      and (${projectId ?? null}::uuid is null or exists (select 1 from projects p where p.company_id = ${db.companyId}::uuid and p.id = ${projectId ?? null}::uuid)) as known`);
  if (!row?.known) throw new BoardroomError("invalid_reference", "The agent or project is not one of this company.");
}
