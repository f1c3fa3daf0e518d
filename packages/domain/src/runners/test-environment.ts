import { adapterTraits, BoardroomError, type EnvironmentCheck, type EnvironmentReport } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** A runner looks for at most ten seconds at each of a few things. */
const timeoutMs = 20_000;

interface Extras {
  runners: { id: string; name: string; offers: boolean }[];
}

/**
 * Looks at whether an agent of this kind and configuration would work: at the configuration here, and for kinds that a runner
 * starts on the machine of one that offers it. Nothing is run, and nothing but the look is kept.
 * @throws BoardroomError not_found for a kind that nobody knows, invalid_reference, invalid_request without a configuration
 */
export async function testEnvironment(
  ctx: Ctx,
  input: InputOf<"adapters.testEnvironment">,
): Promise<EnvironmentReport> {
  const { type } = input;
  const given = await configToTest(ctx, input);
  const verdict = ctx.ports.checkConfig(type, given);
  const about = { adapterType: type, testedAt: new Date().toISOString(), runnerId: null, runnerName: null };
  const wrong = configChecks(verdict);
  const config = verdict.kind === "usable" ? verdict.config : given;
  if (wrong.length > 0) return { ...about, status: "fail", checks: wrong };
  if (isCalledFromHere(type)) return { ...about, status: "pass", checks: [configFits] };
  const { testId, runners } = await requestTest(ctx, input, config);
  const offering = runners.filter(({ offers }) => offers);
  if (offering.length === 0 && verdict.kind === "unknown")
    throw new BoardroomError("not_found", `There is no adapter "${type}".`);
  const online = await ctx.ports.runnerHub.online(ctx.db.companyId);
  const asked = offering.filter(({ id }) => online.includes(id));
  const failed = (code: string, message: string): EnvironmentReport => ({
    ...about,
    status: "fail",
    checks: [{ level: "error", code, message }],
  });
  if (asked.length === 0) return failed("runner_offline", whyNobody(type, offering));
  const runnerIds = asked.map(({ id }) => id);
  const report = await ctx.ports.runnerHub.awaitTest(ctx.db.companyId, { testId, runnerIds, timeoutMs });
  return report ?? failed("runner_timeout", `${named(asked)} did not answer within ${timeoutMs / 1000} seconds.`);
}

const isCalledFromHere = (type: string) =>
  Object.entries(adapterTraits).some(([known, { place }]) => known === type && place === "edge");

const configFits: EnvironmentCheck = {
  level: "info",
  code: "config_valid",
  message:
    "The configuration is complete, and its address may be called. Whether somebody answers shows with the first run.",
};

function configChecks(verdict: ReturnType<Ctx["ports"]["checkConfig"]>): EnvironmentCheck[] {
  if (verdict.kind === "unsafe") return [{ level: "error", code: "unsafe_url", message: verdict.message }];
  if (verdict.kind !== "invalid") return [];
  return verdict.issues.map(({ path, message }) => ({
    level: "error",
    code: "config_invalid",
    message: `${path}: ${message}`,
  }));
}

/** The configuration as given, else the agent's own. */
async function configToTest(
  { db }: Ctx,
  { type, agentId, adapterConfig }: InputOf<"adapters.testEnvironment">,
): Promise<Record<string, unknown>> {
  if (agentId === undefined) {
    if (adapterConfig) return adapterConfig;
    throw new BoardroomError("invalid_request", "Give the configuration, or the agent whose own is meant.", [
      { path: "adapterConfig", message: "Required without agentId" },
    ]);
  }
  const [agent] = await db.raw<{ adapter_type: string; adapter_config: Record<string, unknown> }>(
    sql`select adapter_type, adapter_config from agents where company_id = ${db.companyId}::uuid and id = ${agentId}::uuid`,
  );
  if (!agent)
    throw new BoardroomError("invalid_reference", "The agent is not one of this company.", { field: "agentId" });
  if (adapterConfig) return adapterConfig;
  if (agent.adapter_type === type) return agent.adapter_config;
  throw new BoardroomError("invalid_request", `The agent is of another kind (${agent.adapter_type}).`);
}

/** Writes the wish down, and names the runners that could fulfil it. */
async function requestTest(
  ctx: Ctx,
  { type, agentId, runnerId }: InputOf<"adapters.testEnvironment">,
  config: Record<string, unknown>,
): Promise<{ testId: string; runners: Extras["runners"] }> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.environmentTests, Extras & { runnerKnown: boolean }>(
    ctx,
    schema.environmentTests,
    {
      with: {
        known: sql`
        select m.id, m.name, m.adapters @> jsonb_build_array(jsonb_build_object('type', ${type}::text)) as offers from runners m
        where m.company_id = ${companyId}::uuid and m.status <> 'revoked' and m.id = coalesce(${runnerId ?? null}::uuid, m.id) limit 200`,
        created: sql`
        insert into environment_tests (company_id, adapter_type, adapter_config, agent_id, runner_id, requested_by_user_id)
        select c.id, ${type}::text, ${JSON.stringify(config)}::jsonb, ${agentId ?? null}::uuid, ${runnerId ?? null}::uuid, ${ctx.actor.id}::text
        from companies c where c.id = ${companyId}::uuid and (${runnerId ?? null}::uuid is null or exists (select 1 from known)) returning *`,
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
      select created.*, coalesce((select jsonb_agg(jsonb_build_object('id', id, 'name', name, 'offers', offers)) from known), '[]') as runners
      from companies c left join created on true where c.id = ${companyId}::uuid`,
    },
  );
  const { id, runners } = found(rows[0], "company");
  if (id === null)
    throw new BoardroomError("invalid_reference", "The runner is not one of this company.", { field: "runnerId" });
  return { testId: id, runners };
}

const named = (runners: readonly { name: string }[]) => runners.map(({ name }) => name).join(", ");

const whyNobody = (type: string, offering: readonly { name: string }[]) =>
  offering.length === 0
    ? `No runner that was asked offers ${type}. Install its program on the machine, or connect another one.`
    : `${named(offering)} offers ${type} and is offline.`;
