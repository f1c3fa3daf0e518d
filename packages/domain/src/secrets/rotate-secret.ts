import { BoardroomError, type Secret } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { dataKeyOf } from "./data-key.ts";
import { isHeldByRun } from "./held-by-run.ts";
import { secretPlace } from "./places.ts";
import { type SecretExtras, secretColumns, shownSecret } from "./secret-columns.ts";

/**
 * Gives a secret a new value: runs that start from now on get it. The earlier values are destroyed after `keepDays`; none that a
 * run still has, because what it says is masked by it.
 * @throws BoardroomError stale_state when somebody else rotated it meanwhile
 */
export async function rotateSecret(ctx: Ctx, { id, value, keepDays }: InputOf<"secrets.rotate">): Promise<Secret> {
  const { companyId } = ctx.db;
  const [current] = await ctx.db.raw<{ latest_version: number }>(sql`
    select latest_version from secrets where company_id = ${companyId}::uuid and id = ${id}::uuid and deleted_at is null`);
  const before = found(current, "secret").latest_version;
  const key = await dataKeyOf(ctx);
  // The seal is bound to the version's number, so that number has to be the next one still.
  const sealed = await ctx.ports.secrets.sealWith(key, value, secretPlace(companyId, id, before + 1));
  const { rows } = await mutate<typeof schema.secrets, SecretExtras>(ctx, schema.secrets, {
    with: {
      changed: sql`
        update secrets s set latest_version = s.latest_version + 1, last_rotated_at = now(), updated_at = now()
        where s.company_id = ${companyId}::uuid and s.id = ${id}::uuid and s.deleted_at is null and s.latest_version = ${before}::int
        returning s.*`,
      version: sql`
        insert into secret_versions (company_id, secret_id, version, sealed, data_key_version, created_by_name)
        select company_id, id, latest_version, ${sealed}::text, ${key.version}::int, ${ctx.actor.name ?? ctx.actor.id}::text from changed`,
      retired: sql`
        update secret_versions v set destroy_at = least(v.destroy_at, now() + make_interval(days => ${keepDays}::int)),
          sealed = case when ${keepDays}::int > 0 or ${isHeldByRun("v")} then v.sealed end
        from changed c where v.company_id = c.company_id and v.secret_id = c.id and v.version < c.latest_version and v.sealed is not null
        returning v.sealed`,
    },
    activity: [
      {
        from: "changed",
        action: "secret.rotated",
        entityType: "secret",
        entityId: sql`id`,
        details: sql`jsonb_build_object('key', key, 'name', name, 'version', latest_version, 'keepDays', ${keepDays}::int)`,
      },
    ],
    select: sql`
      select shown.*, 1 + (select count(*) from retired where retired.sealed is not null)::int as kept_versions
      from (select ${secretColumns} from changed s) shown`,
  });
  const [secret] = rows;
  if (!secret)
    throw new BoardroomError("stale_state", "Somebody else rotated or deleted this secret just now. Look at it again.");
  return shownSecret(secret);
}
