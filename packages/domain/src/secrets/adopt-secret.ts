import { type Agent, BoardroomError, secretKeysIn } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { type AgentExtras, agentColumns } from "../agents/agent-columns.ts";
import { textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { sealFirst } from "./create-secret.ts";
import { secretKeyFrom } from "./secret-key-from.ts";

/**
 * Makes a secret, for this agent alone, of a value that stands plainly in its settings, and refers to it there instead.
 * @throws BoardroomError unusable_reference when nothing to adopt stands there, already_exists for a key that is taken,
 * stale_state when the settings were changed meanwhile
 */
export async function adoptSecret(
  ctx: Ctx,
  { id, section, field, key: wanted }: InputOf<"secrets.adopt">,
): Promise<Agent> {
  const { companyId } = ctx.db;
  const [stored] = await ctx.db.raw<{ value: unknown; name: string }>(sql`
    select adapter_config -> ${section}::text -> ${field}::text as value, name from agents
    where company_id = ${companyId}::uuid and id = ${id}::uuid and status <> 'terminated'`);
  const { value, name } = found(stored, "agent");
  if (typeof value !== "string" || value.length < 8 || secretKeysIn(value).length > 0) {
    throw new BoardroomError(
      "unusable_reference",
      `There is no plain value of at least 8 characters in ${section}.${field}.`,
    );
  }
  const key = wanted ?? secretKeyFrom(field);
  const made = await sealFirst(ctx, value);
  const reference = `\${secret:${key}}`;
  const place = textArray(["adapterConfig", section, field]);
  const { rows } = await mutate<typeof schema.agents, AgentExtras>(ctx, schema.agents, {
    with: {
      changed: sql`
        update agents a set updated_at = now(),
          adapter_config = jsonb_set(a.adapter_config, array[${section}::text, ${field}::text], to_jsonb(${reference}::text))
        where a.company_id = ${companyId}::uuid and a.id = ${id}::uuid and a.status <> 'terminated'
          and a.adapter_config -> ${section}::text ->> ${field}::text = ${value}::text
        returning a.*`,
      created: sql`
        insert into secrets (company_id, id, key, name, created_by_user_id)
        select company_id, ${made.id}::uuid, ${key}::text, ${`${field} of ${name}`.slice(0, 120)}::text, ${ctx.actor.id}::text from changed
        returning *`,
      version: sql`
        insert into secret_versions (company_id, secret_id, version, sealed, data_key_version, created_by_name)
        select company_id, id, 1, ${made.sealed}::text, ${made.dataKeyVersion}::int, ${ctx.actor.name ?? ctx.actor.id}::text from created`,
      // Earlier versions of the settings held the value as well; going back to one brings the reference.
      scrubbed: sql`
        update agent_config_revisions r set before_config = ${withReference("before_config", place, value, reference)},
          after_config = ${withReference("after_config", place, value, reference)}
        from changed where r.company_id = changed.company_id and r.agent_id = changed.id`,
      limited: sql`
        insert into secret_agents (company_id, secret_id, agent_id) select company_id, id, ${id}::uuid from created`,
    },
    activity: [
      {
        from: "changed",
        action: "agent.updated",
        entityType: "agent",
        entityId: sql`id`,
        agentId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'changed', '["adapterConfig"]'::jsonb)`,
      },
      {
        from: "created",
        action: "secret.created",
        entityType: "secret",
        entityId: sql`id`,
        agentId: sql`${id}::uuid`,
        details: sql`jsonb_build_object('key', key, 'name', name)`,
      },
    ],
    select: sql`select ${agentColumns()} from changed a`,
  });
  const [agent] = rows;
  if (!agent)
    throw new BoardroomError("stale_state", "The agent's settings were changed just now. Look at them again.");
  return agent;
}

/** A kept version of the settings, with the reference where the value stood. */
const withReference = (column: string, place: SQL, value: string, reference: string): SQL => {
  const config = sql`r.${sql.identifier(column)}`;
  return sql`case when ${config} #>> ${place} = ${value}::text
    then jsonb_set(${config}, ${place}, to_jsonb(${reference}::text)) else ${config} end`;
};
