import { BoardroomError } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import { makeWebhookSecret } from "../../agents/hire-parts.ts";
import { planActivity } from "../../plans/plan-activity.ts";
import { planAgentParts } from "../../plans/plan-agents.ts";
import { planCauses, planWorkParts } from "../../plans/plan-work.ts";
import type { MakeEffect } from "./effect.ts";

/** What was selected of a plan comes into being, agents and issues alike; a strategy in words has no effect but its answer. */
export const approveCeoStrategyEffect: MakeEffect = async (ctx, from) => {
  const secret = await makeWebhookSecret(ctx);
  return {
    refusal: sql`case when target.payload ? 'version' and c.status = 'archived' then 'archived' end`,
    with: {
      plan_source: sql`select * from ${sql.identifier(from)} where payload ? 'version'`,
      ...planAgentParts(ctx, secret.sealed),
      ...planWorkParts(),
    },
    activity: planActivity,
    causes: planCauses,
    newAgents: "plan_hired",
    answer: { plan_has_own_secret: sql`select exists (select 1 from plan_own_secret)` },
    outcome: ({ planHasOwnSecret }) => (planHasOwnSecret === true ? { webhookSecret: secret.plain } : {}),
    refused: () => new BoardroomError("company_not_active", "The company is archived: nothing can be begun in it."),
  };
};
