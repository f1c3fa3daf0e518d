import { type Agent, type AgentStatus, BoardroomError } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { assign, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { runsUnderCaps } from "../heartbeat/freed-runs.ts";
import type { InputOf } from "../input.ts";
import { lockTree } from "../tree-lock.ts";
import { type AgentExtras, agentColumns } from "./agent-columns.ts";
import { urlKeyOf, usableConfig } from "./agent-draft.ts";
import { configOf, keepRevision } from "./config-revision.ts";
import { followSchedule, scheduledWake } from "./follow-schedule.ts";
import { lockAgent } from "./lock-agent.ts";

/** A machine that is told of one run looks at all; more are only needed where they wait for different machines. */
const toldAtOnce = 10;

interface Extras extends AgentExtras {
  wasStatus: AgentStatus;
  closesCircle: boolean;
  managerLeft: boolean;
  freedRunIds: string[] | null;
}

/** What may change of an agent; an update merges its runtime configuration, going back replaces it. */
export type AgentChange = Omit<InputOf<"agents.update">, "id"> & {
  permissions?: Agent["permissions"];
  instructionsVersion?: number | null;
};

interface Reason {
  source: "update" | "rollback";
  /** The revision that is gone back to. */
  rolledBackFrom?: string;
}

/**
 * Changes an agent and keeps what it was; its timer follows its configuration, runs that wait for a place or the next day look
 * at its new caps, and those that wait for a machine for one that fits now.
 * @throws BoardroomError already_exists, invalid_reference, unsafe_url, invalid_transition
 */
export async function changeAgent(
  ctx: Ctx,
  id: string,
  fields: AgentChange,
  { source, rolledBackFrom }: Reason,
): Promise<Agent> {
  const { companyId } = ctx.db;
  const changed = { ...fields, ...(await usableAdapter(ctx, id, fields)) };
  const values = {
    ...changed,
    // What isn't named stays: a change of the heartbeat doesn't move the agent to other machines.
    runtimeConfig:
      source === "update" && fields.runtimeConfig
        ? sql`a.runtime_config || ${JSON.stringify(fields.runtimeConfig)}::jsonb`
        : fields.runtimeConfig && sql`${JSON.stringify(fields.runtimeConfig)}::jsonb`,
    urlKey: fields.name === undefined ? undefined : urlKeyOf(fields.name),
  };
  const { rows } = await mutate<typeof schema.agents, Extras>(ctx, schema.agents, {
    before: [...(fields.reportsTo ? [lockTree(companyId, "agents")] : []), lockAgent(companyId, id)],
    with: {
      target: sql`
        with recursive line as (
          select id, reports_to, status from agents where company_id = ${companyId}::uuid and id = ${fields.reportsTo ?? null}::uuid
          union
          select m.id, m.reports_to, m.status from agents m join line on m.company_id = ${companyId}::uuid and m.id = line.reports_to)
        select id, status as was_status, ${configOf("agents")} as config, id in (select id from line) as closes_circle, exists (
          select 1 from line where id = ${fields.reportsTo ?? null}::uuid and status = 'terminated') as manager_left
        from agents where company_id = ${companyId}::uuid and id = ${id}::uuid`,
      changed: sql`
        update agents a set ${assign(schema.agents, values)} from target
        where a.company_id = ${companyId}::uuid and a.id = target.id and target.was_status <> 'terminated'
          and not target.closes_circle and not target.manager_left
        returning a.*`,
      kept: keepRevision(ctx, {
        source,
        now: "changed",
        before: "target",
        rolledBackFrom: sql`${rolledBackFrom ?? null}::uuid`,
      }),
      schedule: followSchedule("changed"),
      machineless: sql`
        select w.id from changed join heartbeat_runs w on w.company_id = changed.company_id and w.agent_id = changed.id
        where ${fields.runtimeConfig?.runner !== undefined} and w.status = 'queued' and w.wait_reason = 'runner' order by w.id limit ${toldAtOnce}`,
      freed: fields.runtimeConfig ? runsUnderCaps("changed") : sql`select null::uuid as id where false`,
    },
    activity: [
      {
        from: "changed",
        action: source === "rollback" ? "agent.config_rolled_back" : "agent.updated",
        entityType: "agent",
        entityId: sql`id`,
        agentId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'changed', to_jsonb(${textArray(Object.keys(fields))}))
          || jsonb_strip_nulls(jsonb_build_object('revisionId', ${rolledBackFrom ?? null}::text))`,
      },
    ],
    select: sql`
      select shown.*, target.was_status, target.closes_circle, target.manager_left, (
          select array_agg(id) from (select id from freed union all select id from machineless) n) as freed_run_ids
      from target left join (select ${agentColumns(scheduledWake)} from changed a) shown on true`,
  });
  const agent = found(rows[0], "agent");
  if (agent.id === null) throw refusedUpdate(agent);
  ctx.ports.dispatch((agent.freedRunIds ?? []).map((runId) => ({ companyId, runId })));
  return agent;
}

/** What a configuration may hold depends on the agent's kind, which is another request unless it is said; it is changed rarely. */
async function usableAdapter(ctx: Ctx, id: string, { adapterType, adapterConfig }: AgentChange) {
  if (adapterType) return { adapterType, adapterConfig: await usableConfig(ctx, adapterType, adapterConfig ?? {}) };
  if (!adapterConfig) return {};
  const [row] = await ctx.db.raw<{ adapter_type: string }>(
    sql`select adapter_type from agents where company_id = ${ctx.db.companyId}::uuid and id = ${id}::uuid`,
  );
  return { adapterConfig: await usableConfig(ctx, found(row, "agent").adapter_type, adapterConfig) };
}

function refusedUpdate({ wasStatus, closesCircle }: Extras): BoardroomError {
  if (wasStatus === "terminated") {
    return new BoardroomError("invalid_transition", "The agent was terminated and can't be changed.");
  }
  return closesCircle
    ? new BoardroomError("unusable_reference", "An agent can't report to itself or to somebody below it.")
    : new BoardroomError("unusable_reference", "The manager was terminated. Choose another one.");
}
