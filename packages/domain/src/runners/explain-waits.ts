import type { OfferedAdapter, RunnerWait } from "@boardroom/contract";
import { isoText } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { workspaceRunner } from "../workspaces/claim-parts.ts";
import { judgeWait, type Machine, type Waiting } from "./judge-wait.ts";
import { usedSlots } from "./takes-run.ts";

const mostAgents = 200;

/** Which agents' work waits for a machine, and why, the longest wait first. */
export async function explainWaits({ db, ports }: Ctx): Promise<RunnerWait[]> {
  const [found] = await db.raw<{ waiting: Waiting[]; machines: (Machine & { adapters: OfferedAdapter[] })[] }>(sql`
    with groups as (
      select a.id, a.name, a.adapter_type, a.runtime_config, ${workspaceRunner("i")} as workspace_runner_id, count(*) as run_count,
        min(r.created_at) as oldest_at
      from heartbeat_runs r
      join agents a on a.company_id = r.company_id and a.id = r.agent_id
      left join issues i on i.company_id = r.company_id and i.id = r.issue_id
      where r.company_id = ${db.companyId}::uuid and r.status = 'queued' and r.wait_reason = 'runner'
      group by 1, 2, 3, 4, 5 order by min(r.created_at) limit ${mostAgents})
    select
      coalesce((select jsonb_agg(jsonb_build_object('agentId', id, 'agentName', name, 'adapterType', adapter_type, 'runCount', run_count,
        'oldestAt', ${isoText(sql`oldest_at`)}, 'runnerId', runtime_config #>> '{runner,runnerId}',
        'labels', coalesce(runtime_config #> '{runner,labels}', '[]'), 'workspaceRunnerId', workspace_runner_id) order by oldest_at) from groups), '[]') as waiting,
      coalesce((select jsonb_agg(jsonb_build_object('id', m.id, 'name', m.name, 'status', m.status, 'labels', to_jsonb(m.labels),
        'agentIds', to_jsonb(m.agent_ids), 'slots', m.slots, 'usedSlots', ${usedSlots}, 'adapters', m.adapters) order by m.id)
        from runners m where m.company_id = ${db.companyId}::uuid and m.status <> 'revoked'), '[]') as machines`);
  if (!found || found.waiting.length === 0) return [];
  const online = await ports.runnerHub.online(db.companyId);
  const machines = found.machines.map((machine) => ({
    ...machine,
    isOnline: online.includes(machine.id),
    offered: machine.adapters.map(({ type }) => type),
  }));
  return found.waiting.map((waiting) => judgeWait(waiting, machines));
}
