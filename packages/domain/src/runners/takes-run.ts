import { type SQL, sql } from "drizzle-orm";
import { workspaceRunner } from "../workspaces/claim-parts.ts";

/** Whether the runner `m` offers the kind of the agent `a`. */
export const offers = sql`m.adapters @> jsonb_build_array(jsonb_build_object('type', a.adapter_type))`;

/** Whether the runner `m` is one of the machines that the agent `a` may run on, and the agent one of those that the machine takes. */
export const mayRun = sql`(m.agent_ids is null or a.id = any(m.agent_ids))
  and coalesce(a.runtime_config #>> '{runner,runnerId}', m.id::text) = m.id::text
  and m.labels @> array(select jsonb_array_elements_text(coalesce(a.runtime_config #> '{runner,labels}', '[]')))`;

/** Whether the runner `m` has the folder in which the issue `i` is worked on. */
export const hasWorkspace = sql`coalesce(${workspaceRunner("i")} = m.id, true)`;

/** Whether the runner `m` could run the agent `a` on the issue `i`, were a slot free. */
export const fits = sql`${offers} and ${mayRun} and ${hasWorkspace}`;

/** Runs that occupy the slots of the runner `m`. */
export const usedSlots = sql`(select count(*) from heartbeat_runs u
  where u.company_id = m.company_id and u.runner_id = m.id and u.status = 'running' and u.lease_expires_at > now())`;

/** Whether a runner takes the run `run` now, of the agent `a`, about the issue `i`. */
export const takesRun = (runnerId: string): SQL => sql`exists (
  select 1 from runners m where m.company_id = run.company_id and m.id = ${runnerId}::uuid
    and m.status = 'active' and ${fits} and ${usedSlots} < m.slots)`;

/** The runners that could take a run, as an array. */
export const runnersFor = (companyId: string, runId: SQL): SQL => sql`array(
  select m.id from heartbeat_runs q
  join agents a on a.company_id = q.company_id and a.id = q.agent_id
  join runners m on m.company_id = q.company_id and m.status = 'active'
  left join issues i on i.company_id = q.company_id and i.id = q.issue_id
  where q.company_id = ${companyId}::uuid and q.id = ${runId} and ${fits})`;

/** When so many runs that wait for a machine are delivered anew, the machines that are told of them look at all. */
const toldAtOnce = 10;

/** A CTE of runs that wait for a machine, about issues of another CTE: another may fit now. @param issues with `company_id` and `id` */
export const machinelessRuns = (issues: SQL): SQL => sql`
  select w.id from heartbeat_runs w
  where w.company_id = (select company_id from ${issues} one limit 1) and w.status = 'queued' and w.wait_reason = 'runner'
    and w.issue_id in (select id from ${issues} these) order by w.id limit ${toldAtOnce}`;

/** Makes claims of one runner wait for each other, so that they count each other's slots; comes after the agent's lock. */
export const lockRunner = (companyId: string, runnerId: string): SQL =>
  sql`select 1 from runners where company_id = ${companyId}::uuid and id = ${runnerId}::uuid for no key update`;
