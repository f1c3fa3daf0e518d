import type { Secret } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import { written } from "../written.ts";
import { dataKeyOf } from "./data-key.ts";
import { limitParts, nextLimits } from "./limit-parts.ts";
import { newUuid } from "./new-uuid.ts";
import { secretPlace } from "./places.ts";
import { type SecretExtras, shownSecret } from "./secret-columns.ts";
import { secretKeyFrom } from "./secret-key-from.ts";

/**
 * Stores a secret. Its value is never shown again: only runs whose settings name the secret are given it.
 * @throws BoardroomError already_exists for a key that is taken, invalid_reference for an agent or project that isn't there
 */
export async function createSecret(ctx: Ctx, input: InputOf<"secrets.create">): Promise<Secret> {
  const { companyId } = ctx.db;
  const { idempotencyKey: _, value, agentIds, projectIds, key = secretKeyFrom(input.name), ...fields } = input;
  const limits = { agentIds, projectIds };
  const { id, sealed, dataKeyVersion } = await sealFirst(ctx, value);
  const values = { companyId, id, key, ...fields, createdByUserId: ctx.actor.id };
  const { rows } = await mutate<typeof schema.secrets, SecretExtras>(ctx, schema.secrets, {
    with: {
      created: sql`${insertInto(schema.secrets, values)} returning *`,
      version: sql`
        insert into secret_versions (company_id, secret_id, version, sealed, data_key_version, created_by_name)
        select company_id, id, 1, ${sealed}::text, ${dataKeyVersion}::int, ${ctx.actor.name ?? ctx.actor.id}::text from created`,
      ...limitParts("created", limits),
    },
    activity: [
      {
        from: "created",
        action: "secret.created",
        entityType: "secret",
        entityId: sql`id`,
        details: sql`jsonb_build_object('key', key, 'name', name)`,
      },
    ],
    select: sql`
      select created.*, '{}'::uuid[] as agent_ids, '{}'::uuid[] as project_ids, 1 as kept_versions, 0 as reference_count,
        null::text as last_resolved_at from created`,
  });
  return nextLimits(shownSecret(written(rows[0])), limits);
}

/** A value sealed for a secret that is about to be made; the id comes first, because the seal is bound to it. */
export async function sealFirst(
  ctx: Ctx,
  value: string,
): Promise<{ id: string; sealed: string; dataKeyVersion: number }> {
  const key = await dataKeyOf(ctx);
  const id = newUuid();
  const sealed = await ctx.ports.secrets.sealWith(key, value, secretPlace(ctx.db.companyId, id, 1));
  return { id, sealed, dataKeyVersion: key.version };
}
