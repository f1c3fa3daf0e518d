import { type SecretUse, secretKeysIn } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { referenceOf } from "./secret-columns.ts";

interface Used {
  entityType: SecretUse["entityType"];
  entityId: string;
  name: string;
  settings: Record<string, unknown>;
}
const mostShown = 500;

/** Whose settings name a secret, and where in them. */
export async function listSecretUsage({ db }: Ctx, { id }: InputOf<"secrets.usage">): Promise<SecretUse[]> {
  const named = (kind: string, name: string, settings: string, table: string) => sql`
    select ${kind}::text as "entityType", u.id as "entityId", u.${sql.raw(name)} as name, ${sql.raw(settings)} as settings
    from ${sql.raw(table)} u where u.company_id = s.company_id and position(${referenceOf} in u.${sql.raw(table === "agents" ? "adapter_config" : "env")}::text) > 0`;
  const [row] = await db.raw<{ key: string; used: Used[] }>(sql`
    select s.key, (select coalesce(jsonb_agg(to_jsonb(n) order by n."entityType", n.name), '[]') from (
      ${named("agent", "name", "jsonb_build_object('adapterConfig', u.adapter_config)", "agents")} and u.status <> 'terminated'
      union all ${named("project", "name", "jsonb_build_object('env', u.env)", "projects")}
      union all ${named("routine", "title", "jsonb_build_object('env', u.env)", "routines")}
      limit ${mostShown}) n) as used
    from secrets s where s.company_id = ${db.companyId}::uuid and s.id = ${id}::uuid and s.deleted_at is null`);
  const { key, used } = found(row, "secret");
  return used.map(({ settings, ...use }) => ({ ...use, places: placesOf(settings, key, "") }));
}

function placesOf(value: unknown, key: string, path: string): string[] {
  if (typeof value === "string") return secretKeysIn(value).includes(key) ? [path] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => placesOf(inner, key, path === "" ? name : `${path}.${name}`));
}
