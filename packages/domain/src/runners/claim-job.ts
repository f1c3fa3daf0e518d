import type { OperationOutput, Operations } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import { textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { claimRun } from "../heartbeat/claim-run.ts";
import { needsRunner } from "../heartbeat/run-guards.ts";
import type { InputOf } from "../input.ts";
import { buildJob } from "./build-job.ts";
import { revoked } from "./runner-rows.ts";
import { fits, usedSlots } from "./takes-run.ts";

type Claim = OperationOutput<Operations["runners.claim"]>;

interface Work {
  status: string;
  /** Queued runs that fit this runner, the oldest of each agent first; only a claim says whether they may go. */
  run_ids: string[];
  test: { id: string; adapter_type: string; adapter_config: Record<string, unknown> } | null;
}

/** So many are tried in one call; those that may not go now leave the queue's head by that. */
const triedAtOnce = 10;
const againMs = 100;

/**
 * Gives a runner its next job: a look at its environment that somebody waits for, or the oldest run that fits it and whose gates
 * are open; an agent that is busy stands in nobody's way, however much it has to do. The run is claimed, and so given to one
 * runner, before it is described.
 * @throws BoardroomError forbidden when the runner was revoked
 */
export async function claimJob(ctx: Ctx, { freeSlots, adapters }: InputOf<"runners.claim">): Promise<Claim> {
  const { companyId } = ctx.db;
  const runnerId = ctx.actor.id;
  const { test, run_ids: runIds } = await lookForWork(ctx, freeSlots > 0, adapters);
  if (test) {
    const { id, adapter_type: type, adapter_config: config } = test;
    const job = { kind: "environment_test", testId: id, adapter: { type, config } } as const;
    return { job: await ctx.ports.runnerTrust.signJob(runnerId, id, job), retryAfterMs: null };
  }
  for (const runId of runIds) {
    const run = await claimRun(ctx, runId, runnerId);
    ctx.ports.dispatch((run?.freedRunIds ?? []).map((id) => ({ companyId, runId: id })));
    const job = run && (await buildJob(ctx, run));
    if (job) {
      const jti = `${job.run.id}:${job.run.fence}`;
      return { job: await ctx.ports.runnerTrust.signJob(runnerId, jti, job), retryAfterMs: null };
    }
  }
  return { job: null, retryAfterMs: runIds.length === triedAtOnce ? againMs : null };
}

/** One request; takes a test at once, names the runs. */
async function lookForWork({ db, actor }: Ctx, hasFreeSlot: boolean, adapters?: readonly string[]): Promise<Work> {
  const offered = adapters ? sql`a.adapter_type = any(${textArray(adapters)})` : sql`true`;
  const [work] = await db.raw<Work>(sql`
    with m as (
      select * from runners where company_id = ${db.companyId}::uuid and id = ${actor.id}::uuid and status <> 'revoked'),
    test as (
      update environment_tests t set status = 'running', runner_id = m.id from m
      where t.company_id = m.company_id and t.id = (
        select e.id from environment_tests e
        where e.company_id = m.company_id and e.status = 'pending' and (e.runner_id is null or e.runner_id = m.id)
          and m.adapters @> jsonb_build_array(jsonb_build_object('type', e.adapter_type)) and e.created_at > now() - interval '30 seconds'
        order by e.id desc limit 1 for update skip locked)
      returning t.id, t.adapter_type, t.adapter_config),
    runs as (
      select r.id, row_number() over (partition by r.agent_id order by r.id) as place from m
      join heartbeat_runs r on r.company_id = m.company_id and r.status = 'queued' and r.available_at <= now() + interval '250 milliseconds'
      join agents a on a.company_id = r.company_id and a.id = r.agent_id and ${needsRunner} and ${offered}
      left join issues i on i.company_id = r.company_id and i.id = r.issue_id
      where ${hasFreeSlot} and m.status = 'active' and ${usedSlots} < m.slots and ${fits}
      order by place, r.id limit ${triedAtOnce})
    select m.status, (select to_jsonb(test) from test) as test,
      coalesce((select jsonb_agg(id order by place, id) from runs), '[]') as run_ids
    from m`);
  if (!work) throw revoked();
  return work;
}
