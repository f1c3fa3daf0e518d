import { systemActor } from "../../src/context.ts";
import { createIssue } from "../../src/issues/index.ts";
import type { TestCtx } from "../domain-database.ts";
import type { DomainDatabase, Tenant } from "../start-domain-database.ts";
import { addAgent, type TestAgent } from "../working-agents.ts";

export interface RunReality {
  db: DomainDatabase;
  tenant: Tenant;
  system: TestCtx;
  agents: TestAgent[];
  issueIds: string[];
}

/** A run as it is stored, in the model's words. */
export interface StoredRun {
  id: string;
  agentId: string;
  issueId: string | null;
  status: string;
  attempt: number;
  fence: number | null;
  isDue: boolean;
  lease: "none" | "over" | "live";
  isAcknowledged: boolean;
  isCancelled: boolean;
  errorFamily: string | null;
  retryOfRunId: string | null;
  retryNumber: number;
  waitReason: string | null;
  wake: string;
}
export interface StoredWorld {
  runs: StoredRun[];
  holders: (string | null)[];
}

export async function openReality(db: DomainDatabase, limits: readonly number[], issues: number): Promise<RunReality> {
  const tenant = await db.newTenant();
  const agents: TestAgent[] = [];
  for (const limit of limits) {
    const agent = await addAgent(db.owner, tenant.companyId);
    const config =
      "update agents set runtime_config = jsonb_set(runtime_config, '{heartbeat,maxConcurrentRuns}', $2) where id = $1";
    await db.owner.query(config, [agent.id, String(limit)]);
    agents.push(agent);
  }
  const issueIds: string[] = [];
  for (let index = 0; index < issues; index++) {
    const { id } = await createIssue(tenant.board, { title: `Task ${index}` });
    // Past the rules, because assigning would wake.
    await db.owner.query("update issues set assignee_agent_id = $2 where id = $1", [
      id,
      agents[index % agents.length]?.id,
    ]);
    issueIds.push(id);
  }
  return { db, tenant, system: { ...tenant.board, actor: systemActor }, agents, issueIds };
}

/** How everything stands. What waits is moved far ahead, so that only commands and never a slow machine make it due. */
export async function readWorld({ db, tenant, issueIds }: RunReality): Promise<StoredWorld> {
  const { rows } = await db.owner.query<{ world: StoredWorld }>({
    name: "world",
    text: `with kept as (
        update heartbeat_runs set available_at = available_at + interval '1 hour'
        where company_id = $1 and status = 'queued' and available_at > now() and available_at < now() + interval '30 minutes')
      select jsonb_build_object(
        'runs', coalesce((select jsonb_agg(jsonb_build_object('id', r.id, 'agentId', r.agent_id, 'issueId', r.issue_id, 'status', r.status,
            'attempt', r.attempt, 'fence', r.fence, 'isDue', r.available_at <= now(),
            'lease', case when r.lease_expires_at is null then 'none' when r.lease_expires_at <= now() then 'over' else 'live' end,
            'isAcknowledged', r.acknowledged_at is not null, 'isCancelled', r.cancel_requested_at is not null, 'errorFamily', r.error_family,
            'retryOfRunId', r.retry_of_run_id, 'retryNumber', r.retry_number, 'waitReason', r.wait_reason, 'wake', w.status) order by r.id)
          from heartbeat_runs r join wakes w on w.company_id = r.company_id and w.id = r.wake_id where r.company_id = $1), '[]'),
        'holders', (select jsonb_agg(i.checkout_run_id order by ordinality) from unnest($2::uuid[]) with ordinality o (id, ordinality)
          join issues i on i.company_id = $1 and i.id = o.id)) as world`,
    values: [tenant.companyId, issueIds],
  });
  const world = rows[0]?.world;
  if (!world) throw new Error("The company is gone");
  return world;
}
