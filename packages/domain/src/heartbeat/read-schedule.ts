import type { AgentSchedule } from "@boardroom/contract";
import { isoText, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { agentIdOf } from "../agents/agent-id-of.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { costToday, runsToday } from "./daily-caps.ts";
import { refusal, refusalSentences } from "./gates.ts";

const shownWakes = 5;
type Extras = Omit<AgentSchedule, "nextWakes" | "agentId"> & { nextWakeAt: string | null; spacingSec: number | null };

/** An agent's timer, what its preflight saved, how much of its day it used, and why it can't be woken now. */
export async function readSchedule(ctx: Ctx, { id }: InputOf<"agents.schedule">): Promise<AgentSchedule> {
  const { companyId } = ctx.db;
  const [row] = await ctx.db.rows<typeof schema.agents, Extras>(
    schema.agents,
    sql`
      select a.id, coalesce(s.enabled, false) as enabled, s.interval_sec, ${isoText(sql`case when s.enabled then s.next_wake_at end`)} as next_wake_at,
        coalesce(s.empty_skips, 0) as empty_skips, ${isoText(sql`s.last_empty_at`)} as last_empty_at,
        (coalesce(s.empty_skips, 0) * coalesce((
          select percentile_cont(0.5) within group (order by r.cost_cents) from (
            select cost_cents from heartbeat_runs where company_id = a.company_id and agent_id = a.id and finished_at is not null and fence is not null
            order by id desc limit 20) r), 0))::float8 as saved_cents,
        ${runsToday} as runs_today, (${costToday})::float8 as cost_today_cents,
        (a.runtime_config #>> '{heartbeat,maxRunsPerDay}')::int as max_runs_per_day,
        (a.runtime_config #>> '{heartbeat,maxCostPerDayCents}')::float8 as max_cost_per_day_cents,
        ${refusal()} as refusal
      from agents a
      join companies c on c.id = a.company_id
      left join agent_schedules s on s.company_id = a.company_id and s.agent_id = a.id
      where a.company_id = ${companyId}::uuid and a.id = ${agentIdOf(ctx, id)}::uuid`,
  );
  const { id: agentId, nextWakeAt, intervalSec, refusal: reason, ...shown } = found(row, "agent");
  return {
    ...shown,
    agentId,
    intervalSec,
    nextWakeAt,
    nextWakes: followingWakes(nextWakeAt, intervalSec),
    refusal: reason && (refusalSentences[reason] ?? reason),
  };
}

function followingWakes(first: string | null, intervalSec: number | null): string[] {
  if (first === null || intervalSec === null) return [];
  const start = Date.parse(first);
  return Array.from({ length: shownWakes }, (_, index) => new Date(start + index * intervalSec * 1000).toISOString());
}
