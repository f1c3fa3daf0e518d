import type { Secret } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { assign, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { limitParts, nextLimits } from "./limit-parts.ts";
import { type SecretExtras, secretColumns, shownSecret } from "./secret-columns.ts";

/**
 * Renames, limits, disables or enables a secret; its key stays, because settings name it.
 * @throws BoardroomError invalid_reference for an agent or project that isn't there
 */
export async function updateSecret(
  ctx: Ctx,
  { id, agentIds, projectIds, ...fields }: InputOf<"secrets.update">,
): Promise<Secret> {
  const limits = { agentIds, projectIds };
  const changed = Object.entries({ ...fields, ...limits }).flatMap(([key, value]) =>
    value === undefined ? [] : [key],
  );
  const { rows } = await mutate<typeof schema.secrets, SecretExtras>(ctx, schema.secrets, {
    with: {
      changed: sql`
        update secrets s set ${assign(schema.secrets, fields)}
        where s.company_id = ${ctx.db.companyId}::uuid and s.id = ${id}::uuid and s.deleted_at is null returning s.*`,
      ...limitParts("changed", limits),
    },
    activity: [
      {
        from: "changed",
        action: "secret.updated",
        entityType: "secret",
        entityId: sql`id`,
        details: sql`jsonb_build_object('key', key, 'name', name, 'status', status, 'changed', to_jsonb(${textArray(changed)}))`,
      },
    ],
    select: sql`select ${secretColumns} from changed s`,
  });
  return nextLimits(shownSecret(found(rows[0], "secret")), limits);
}
