import type { OperationOutput, Operations } from "@boardroom/contract";
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
import { lockEndpoint } from "./endpoint-columns.ts";
import { makeEndpointSecret } from "./endpoint-secret.ts";

const secrets = { table: "webhook_endpoint_secrets", owner: "endpoint_id" } as const;

/**
 * Makes the next signing secret, answered this once; the previous one signs along for 24 hours.
 * @throws BoardroomError conflict while an earlier rotation still runs
 */
export async function rotateEndpointSecret(
  ctx: Ctx,
  { id }: InputOf<"webhookEndpoints.rotateSecret">,
): Promise<OperationOutput<Operations["webhookEndpoints.rotateSecret"]>> {
  const { companyId } = ctx.db;
  const secret = await makeEndpointSecret(ctx);
  const { rows } = await mutate<typeof schema.webhookEndpointSecrets, RotationTimes>(
    ctx,
    schema.webhookEndpointSecrets,
    {
      // A second rotation looks after the first has ended.
      before: lockEndpoint(companyId, id),
      with: {
        target: sql`
          select e.id as target_id, e.url, ${rotationTimes(secrets, companyId, sql`e.id`)}
          from webhook_endpoints e where e.company_id = ${companyId}::uuid and e.id = ${id}::uuid`,
        ...rotationParts(secrets, companyId, secret.sealed),
      },
      activity: [
        {
          from: "added",
          action: "webhook_endpoint.secret_rotated",
          entityType: "webhook_endpoint",
          entityId: sql`endpoint_id`,
          details: sql`jsonb_build_object('url', (select url from target))`,
        },
      ],
      select: sql`select added.*, ${shownTimes} from target left join added on true`,
    },
  );
  const times = found(rows[0], "webhook endpoint");
  requireRotated(times);
  return { webhookSecret: secret.plain, previousValidUntil: times.previousValidUntil };
}
