import { BoardroomError, isEdgeAdapter, type OperationOutput, type Operations } from "@boardroom/contract";
import { isoText, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { makeWebhookSecret, takesWebhooks } from "./hire-parts.ts";
import { lockAgent } from "./lock-agent.ts";

interface Extras {
  adapterType: string;
  rotatingUntil: string | null;
  previousValidUntil: string;
}

/**
 * Makes the next signing secret, answered this once; the previous one signs along for 24 hours.
 * @throws BoardroomError conflict while an earlier rotation still runs, and for an agent that a runner starts
 */
export async function rotateWebhookSecret(
  ctx: Ctx,
  { id }: InputOf<"agents.rotateWebhookSecret">,
): Promise<OperationOutput<Operations["agents.rotateWebhookSecret"]>> {
  const { companyId } = ctx.db;
  const secret = await makeWebhookSecret(ctx);
  const { rows } = await mutate<typeof schema.agentWebhookSecrets, Extras>(ctx, schema.agentWebhookSecrets, {
    // A second rotation looks after the first has ended.
    before: lockAgent(companyId, id),
    with: {
      target: sql`
        select a.id as target_id, a.adapter_type, ${takesWebhooks} as takes_webhooks, now() + interval '24 hours' as previous_valid_until, (
          select max(s.valid_until) from agent_webhook_secrets s
          where s.company_id = a.company_id and s.agent_id = a.id and s.valid_until > now()) as rotating_until
        from agents a where a.company_id = ${companyId}::uuid and a.id = ${id}::uuid`,
      retired: sql`
        update agent_webhook_secrets s set valid_until = target.previous_valid_until from target
        where s.company_id = ${companyId}::uuid and s.agent_id = target.target_id and s.valid_until is null
          and target.rotating_until is null`,
      forgotten: sql`
        delete from agent_webhook_secrets s using target
        where s.company_id = ${companyId}::uuid and s.agent_id = target.target_id and s.valid_until <= now()`,
      added: sql`
        insert into agent_webhook_secrets (company_id, agent_id, sealed)
        select ${companyId}::uuid, target_id, ${secret.sealed}::text from target where rotating_until is null and takes_webhooks returning *`,
    },
    activity: [
      {
        from: "added",
        action: "agent.webhook_secret_rotated",
        entityType: "agent",
        entityId: sql`agent_id`,
        agentId: sql`agent_id`,
      },
    ],
    select: sql`
      select added.*, target.adapter_type, ${isoText(sql`target.rotating_until`)} as rotating_until,
        ${isoText(sql`target.previous_valid_until`)} as previous_valid_until
      from target left join added on true`,
  });
  const { adapterType, rotatingUntil, previousValidUntil } = found(rows[0], "agent");
  if (!isEdgeAdapter(adapterType)) {
    throw new BoardroomError("conflict", "This agent is started by a runner: it is sent no webhook to be signed.");
  }
  if (rotatingUntil !== null) {
    throw new BoardroomError("conflict", "The last rotation still runs: the previous secret is valid for a while.", {
      previousValidUntil: rotatingUntil,
    });
  }
  return { webhookSecret: secret.plain, previousValidUntil };
}
