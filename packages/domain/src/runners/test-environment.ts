import {
  adapterTraits,
  BoardroomError,
  type EnvironmentCheck,
  type EnvironmentReport,
  isEdgeAdapter,
} from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found, notFound } from "../found.ts";
import type { InputOf } from "../input.ts";
import type { ConfigVerdict } from "../ports.ts";
import { hideValues } from "../secrets/hide-values.ts";
import { resolveConfig } from "../secrets/resolve-config.ts";
import { statusOf } from "./report-test.ts";

type Input = InputOf<"adapters.testEnvironment">;
interface Named {
  id: string;
  name: string;
}
interface Extras {
  companyId: string;
  agent: { adapterType: string } | null;
  config: Record<string, unknown> | null;
  isRunnerKnown: boolean;
  /** The machines that offer this kind. */
  offering: Named[];
}

/** A runner takes at most ten seconds for each of a few questions. */
const timeoutMs = 20_000;

/**
 * Looks at whether an agent of this kind and configuration would work: at the configuration here, at who answers for kinds that
 * we call, and on the machine of one that offers it for kinds that a runner starts. Nothing is run.
 * @throws BoardroomError not_found for a kind that nobody knows, invalid_reference, invalid_request without a configuration
 */
export async function testEnvironment(ctx: Ctx, input: Input): Promise<EnvironmentReport> {
  const { type } = input;
  const { testId, config, offering } = await requestTest(ctx, input);
  if (!(type in adapterTraits) && offering.length === 0) throw notFound("adapter");
  const answer = (status: EnvironmentReport["status"], checks: EnvironmentCheck[]): EnvironmentReport => {
    return { adapterType: type, status, checks, testedAt: new Date().toISOString(), runnerId: null, runnerName: null };
  };
  const wrong = whatIsWrong(ctx.ports.checkConfig(type, config));
  if (wrong.length > 0) return answer("fail", wrong);
  if (isEdgeAdapter(type)) {
    const asked = { agentId: input.agentId ?? null, runId: null, purpose: "test" } as const;
    const resolved = await resolveConfig(ctx, config, asked);
    if (resolved.refusal !== null) return answer("fail", [problem("secret_unavailable", resolved.refusal)]);
    const checks = hideValues(await ctx.ports.testEdgeEnvironment(type, resolved.config), resolved.values);
    return answer(statusOf(checks), [configFits, ...checks]);
  }
  const online = await ctx.ports.runnerHub.online(ctx.db.companyId);
  const asked = offering.filter(({ id }) => online.includes(id));
  if (testId === null || asked.length === 0)
    return answer("fail", [problem("runner_offline", whyNobody(type, offering))]);
  const runnerIds = asked.map(({ id }) => id);
  const awaited = await ctx.ports.runnerHub.awaitTest(ctx.db.companyId, { testId, runnerIds, timeoutMs });
  const report = awaited ?? (await readReport(ctx, testId));
  const late = `${named(asked)} did not answer within ${timeoutMs / 1000} seconds.`;
  return report ?? answer("fail", [problem("runner_timeout", late)]);
}

/** A report that came before anybody waited at the hub. */
async function readReport({ db }: Ctx, testId: string): Promise<EnvironmentReport | null> {
  const [row] = await db.raw<{ report: EnvironmentReport | null }>(
    sql`select report from environment_tests where company_id = ${db.companyId}::uuid and id = ${testId}::uuid`,
  );
  return row?.report ?? null;
}

const problem = (code: string, message: string): EnvironmentCheck => ({ level: "error", code, message });

const configFits: EnvironmentCheck = {
  level: "info",
  code: "config_valid",
  message: "The configuration is complete, and its address may be called.",
};

function whatIsWrong(verdict: ConfigVerdict): EnvironmentCheck[] {
  if (verdict.kind === "unsafe") return [problem("unsafe_url", verdict.message)];
  if (verdict.kind !== "invalid") return [];
  return verdict.issues.map(({ path, message }) => problem("config_invalid", `${path}: ${message}`));
}

/** Names the machines that could look, and writes the wish down for them; kinds that we call ourselves need none. */
async function requestTest(
  ctx: Ctx,
  { type, adapterConfig, ...about }: Input,
): Promise<{ testId: string | null; config: Record<string, unknown>; offering: Named[] }> {
  const { companyId } = ctx.db;
  const { agentId = null, runnerId = null }: { agentId?: string | null; runnerId?: string | null } = about;
  const given = adapterConfig === undefined ? sql`null::jsonb` : sql`${JSON.stringify(adapterConfig)}::jsonb`;
  const { rows } = await mutate<typeof schema.environmentTests, Extras>(ctx, schema.environmentTests, {
    with: {
      asked: sql`
        select c.id as company_id, a.id as agent_id, a.adapter_type as agent_type,
          coalesce(${given}, case when a.adapter_type = ${type}::text then a.adapter_config end) as config,
          ${runnerId}::uuid is null or exists (
            select 1 from runners k where k.company_id = c.id and k.id = ${runnerId}::uuid and k.status <> 'revoked') as is_runner_known
        from companies c left join agents a on a.company_id = c.id and a.id = ${agentId}::uuid
        where c.id = ${companyId}::uuid`,
      offering: sql`
        select m.id, m.name from runners m
        where m.company_id = ${companyId}::uuid and m.status <> 'revoked' and m.id = coalesce(${runnerId}::uuid, m.id)
          and m.adapters @> jsonb_build_array(jsonb_build_object('type', ${type}::text)) order by m.id limit 100`,
      created: sql`
        insert into environment_tests (company_id, adapter_type, adapter_config, agent_id, runner_id, requested_by_user_id)
        select company_id, ${type}::text, config, agent_id, ${runnerId}::uuid, ${ctx.actor.id}::text from asked
        where ${!isEdgeAdapter(type)} and config is not null and is_runner_known and exists (select 1 from offering) returning *`,
    },
    activity: [
      {
        from: "created",
        action: "environment_test.requested",
        entityType: "company",
        entityId: sql`company_id`,
        agentId: sql`agent_id`,
        details: sql`jsonb_build_object('adapterType', adapter_type)`,
      },
    ],
    select: sql`
      select created.id, asked.company_id, asked.config, asked.is_runner_known,
        case when asked.agent_id is not null then jsonb_build_object('adapterType', asked.agent_type) end as agent,
        coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name)) from offering), '[]') as offering
      from asked left join created on true`,
  });
  const { id: testId, agent, config, isRunnerKnown, offering } = found(rows[0], "company");
  if (agentId !== null && !agent) throw unknown("agent", "agentId");
  if (!isRunnerKnown) throw unknown("runner", "runnerId");
  if (config) return { testId, config, offering };
  const message = agent
    ? `The agent is of another kind, ${agent.adapterType}.`
    : "Give it, or the agent whose own is meant.";
  throw new BoardroomError("invalid_request", `There is no configuration to test. ${message}`, [
    { path: "adapterConfig", message: "Required" },
  ]);
}

const unknown = (noun: string, field: string) =>
  new BoardroomError("invalid_reference", `The ${noun} is not one of this company.`, { field });

const named = (runners: readonly Named[]) => runners.map(({ name }) => name).join(", ");

const whyNobody = (type: string, offering: readonly Named[]) =>
  offering.length === 0
    ? `No machine that was asked offers ${type}. Install its program there, or connect another machine.`
    : `${named(offering)} ${offering.length === 1 ? "offers" : "offer"} ${type}, but ${offering.length === 1 ? "is" : "are"} offline.`;
