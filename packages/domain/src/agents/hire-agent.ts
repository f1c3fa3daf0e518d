import type { Agent, CompanyStatus } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";
import { completeDraft } from "./agent-draft.ts";
import { scheduledWake } from "./follow-schedule.ts";
import { hiredActivity, hireParts, makeWebhookSecret, refusedHire, shownSecret } from "./hire-parts.ts";

/**
 * Hires an agent. Its signing secret is answered this once; a retry with the same key gets null.
 * @throws BoardroomError already_exists, invalid_reference, unsafe_url, company_not_active
 */
export async function hireAgent(
  ctx: Ctx,
  input: InputOf<"agents.create">,
): Promise<Agent & { webhookSecret: string | null }> {
  const { companyId } = ctx.db;
  const draft = await completeDraft(ctx, input);
  const secret = await makeWebhookSecret(ctx);
  const { rows, replayed } = await mutate<typeof schema.agents, AgentExtras & { companyStatus: CompanyStatus }>(
    ctx,
    schema.agents,
    {
      with: {
        company: sql`select status from companies where id = ${companyId}::uuid`,
        wanted: sql`select ${JSON.stringify(draft)}::jsonb as draft from company where status <> 'archived'`,
        ...hireParts(ctx, "wanted", secret.sealed),
      },
      activity: [hiredActivity],
      select: sql`
        select shown.*, company.status as company_status
        from company left join (select ${agentColumns(scheduledWake)} from hired a) shown on true`,
    },
  );
  const agent = found(rows[0], "company");
  if (agent.id === null) throw refusedHire(agent.companyStatus === "archived" ? "archived" : "manager_left");
  return { ...agent, webhookSecret: replayed ? null : shownSecret(agent.adapterType, secret.plain) };
}
