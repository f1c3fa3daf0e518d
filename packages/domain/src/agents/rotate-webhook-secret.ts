import { BoardroomError, isEdgeAdapter, type OperationOutput, type Operations } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import {
  type RotationTimes,
  requireRotated,
  rotationParts,
  rotationTimes,
  shownTimes,
} from "../secrets/signing-rotation.ts";
import { makeWebhookSecret, takesWebhooks } from "./hire-parts.ts";
import { lockAgent } from "./lock-agent.ts";

const secrets = { table: "agent_webhook_secrets", owner: "agent_id" } as const;

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
  const { rows } = await mutate<typeof schema.agentWebhookSecrets, RotationTimes & { adapterType: string }>(
    ctx,
    schema.agentWebhookSecrets,
    {
      // A second rotation looks after the first has ended.
      before: lockAgent(companyId, id),
      with: {
        target: sql`
          select a.id as target_id, a.adapter_type, ${takesWebhooks} as takes_webhooks, ${rotationTimes(secrets, companyId, sql`a.id`)}
          from agents a where a.company_id = ${companyId}::uuid and a.id = ${id}::uuid`,
        ...rotationParts(secrets, companyId, secret.sealed, sql`takes_webhooks`),
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
      select: sql`select added.*, target.adapter_type, ${shownTimes} from target left join added on true`,
    },
  );
  const { adapterType, ...times } = found(rows[0], "agent");
  if (!isEdgeAdapter(adapterType)) {
    throw new BoardroomError("conflict", "This agent is started by a runner: it is sent no webhook to be signed.");
  }
  requireRotated(times);
  return { webhookSecret: secret.plain, previousValidUntil: times.previousValidUntil };
}
