import { adapterTraits } from "@boardroom/contract";
import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { pollRun } from "./poll-run.ts";

/** Runs asked about in one tick, and how many at once: a Worker has six connections. */
const runsPerTick = 60;
const atOnce = 6;

const polledTypes = Object.entries(adapterTraits).flatMap(([type, { isPolled }]) => (isPolled ? [type] : []));

/** Accepted runs `r` of agents that don't call back. The agent is looked at for a run, never the other way round. */
const polled = sql`
  from heartbeat_runs r
  where r.status = 'running' and r.external_run_id is not null and r.runner_id is null
    and (select a.adapter_type from agents a where a.company_id = r.company_id and a.id = r.agent_id) in (${sql.join(
      polledTypes.map((type) => sql`${type}`),
      sql`, `,
    )})`;

/** Whether a run has to be asked about. */
export const runsArePolled = sql`(select max(r.lease_expires_at) ${polled}) > now()`;

/**
 * Asks the agents that don't call back how their accepted runs do, those first whose lease ends first: what goes on is
 * renewed, what has ended is finished. What can't be asked is asked again in a minute, as long as its lease lasts.
 * @returns how many answered
 */
export async function pollRuns(system: Connection, contextFor: (companyId: string) => Ctx): Promise<number> {
  const runs = await system.raw<{ company_id: string; id: string }>(
    sql`select r.company_id, r.id ${polled} and r.lease_expires_at > now() order by r.lease_expires_at limit ${runsPerTick}`,
  );
  const failures: unknown[] = [];
  let answered = 0;
  const work = async () => {
    for (let run = runs.shift(); run; run = runs.shift()) {
      try {
        if (await pollRun(contextFor(run.company_id), run.id)) answered += 1;
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} runs could not be asked about`);
  return answered;
}
