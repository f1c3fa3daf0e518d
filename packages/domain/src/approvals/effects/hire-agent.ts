import { sql } from "drizzle-orm";
import {
  type HireRefusal,
  hiredActivity,
  hireParts,
  makeWebhookSecret,
  refusedHire,
  shownSecret,
} from "../../agents/hire-parts.ts";
import type { MakeEffect } from "./effect.ts";

/** The proposed agent comes into being; its signing secret is answered this once. */
export const hireAgentEffect: MakeEffect = async (ctx, from) => {
  const secret = await makeWebhookSecret(ctx);
  return {
    refusal: sql`case
      when c.status = 'archived' then 'archived'
      when not ${ctx.ports.allowLocalTargets}::boolean and target.payload #>> '{adapterConfig,url}' !~* '^https://' then 'unsafe_url'
    end`,
    with: {
      wanted: sql`select payload as draft from ${sql.identifier(from)}`,
      ...hireParts(ctx, "wanted", secret.sealed),
    },
    done: sql`exists (select 1 from hired)`,
    activity: [hiredActivity],
    answer: {
      hired_agent_id: sql`select id from hired`,
      hired_adapter_type: sql`select adapter_type from hired`,
    },
    outcome: ({ hiredAgentId, hiredAdapterType }) =>
      typeof hiredAgentId === "string"
        ? { agentId: hiredAgentId, webhookSecret: shownSecret(String(hiredAdapterType), secret.plain) }
        : {},
    // The manager may leave while we decide; every other reason was seen before.
    refused: (refusal) => refusedHire((refusal ?? "manager_left") as HireRefusal),
  };
};
