import { BoardroomError, type OperationOutput, type Operations } from "@boardroom/contract";
import { isoText, mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { lockEndpoint } from "./endpoint-columns.ts";
import { makeEndpointSecret } from "./endpoint-secret.ts";

interface Extras {
  rotatingUntil: string | null;
  previousValidUntil: string;
}

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
  const { rows } = await mutate<typeof schema.webhookEndpointSecrets, Extras>(ctx, schema.webhookEndpointSecrets, {
    // A second rotation looks after the first has ended.
    before: lockEndpoint(companyId, id),
    with: {
      target: sql`
        select e.id as target_id, e.url, now() + interval '24 hours' as previous_valid_until, (
          select max(s.valid_until) from webhook_endpoint_secrets s
          where s.company_id = e.company_id and s.endpoint_id = e.id and s.valid_until > now()) as rotating_until
        from webhook_endpoints e where e.company_id = ${companyId}::uuid and e.id = ${id}::uuid`,
      retired: sql`
        update webhook_endpoint_secrets s set valid_until = target.previous_valid_until from target
        where s.company_id = ${companyId}::uuid and s.endpoint_id = target.target_id and s.valid_until is null
          and target.rotating_until is null`,
      forgotten: sql`
        delete from webhook_endpoint_secrets s using target
        where s.company_id = ${companyId}::uuid and s.endpoint_id = target.target_id and s.valid_until <= now()`,
      added: sql`
        insert into webhook_endpoint_secrets (company_id, endpoint_id, sealed)
        select ${companyId}::uuid, target_id, ${secret.sealed}::text from target where rotating_until is null returning *`,
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
    select: sql`
      select added.*, ${isoText(sql`target.rotating_until`)} as rotating_until,
        ${isoText(sql`target.previous_valid_until`)} as previous_valid_until
      from target left join added on true`,
  });
  const { rotatingUntil, previousValidUntil } = found(rows[0], "webhook endpoint");
  if (rotatingUntil === null) return { webhookSecret: secret.plain, previousValidUntil };
  throw new BoardroomError("conflict", "The last rotation still runs: the previous secret is valid for a while.", {
    previousValidUntil: rotatingUntil,
  });
}
