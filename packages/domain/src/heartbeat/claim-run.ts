import type { HttpAdapterConfig, InvocationSource } from "@boardroom/contract";
import { isoText, mutate, type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { refusal, refusalSentences } from "./gates.ts";
import { leaseSeconds } from "./limits.ts";
import { lockAgentOfRun } from "./lock-agent-of-run.ts";
import { systemEvent } from "./system-event.ts";

/** What came of a claim: `claimed`, one of the waiting verdicts, or the reason for which the wake was skipped. */
export type ClaimVerdict = "claimed" | "not_queued" | "not_yet" | "concurrency" | (string & {});

/** What the claiming statement adds to the run for its delivery. */
interface ClaimedExtras {
  verdict: ClaimVerdict;
  agentName: string;
  adapterType: string;
  adapterConfig: HttpAdapterConfig;
  sealedSecrets: string[];
  wakeSource: InvocationSource;
  wakeReason: string;
  wakePayload: Record<string, unknown> | null;
  fatContext: Record<string, unknown> | null;
}
export type ClaimedRun = Row<typeof schema.heartbeatRuns, ClaimedExtras>;

const sentence = sql.join(
  Object.entries(refusalSentences).map(([reason, text]) => sql`when ${reason} then ${text}`),
  sql` `,
);

/**
 * Claims a queued run: all gates, the lease, the next fence and their traces in one statement. Claiming twice claims once.
 * A run whose gate is closed is cancelled and its wake skipped with the reason; one that only has to wait stays queued.
 * An agent whose answer was lost may have closed the issue itself: it is asked again for its result.
 */
export async function claimRun(ctx: Ctx, runId: string): Promise<ClaimedRun | null> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.heartbeatRuns, ClaimedExtras>(ctx, schema.heartbeatRuns, {
    before: lockAgentOfRun(companyId, runId),
    with: {
      run: sql`select * from heartbeat_runs where company_id = ${companyId}::uuid and id = ${runId}::uuid for update`,
      judged: sql`
        select run.id, run.agent_id, run.wake_id, a.name as agent_name, a.adapter_type, a.adapter_config, a.context_mode,
          w.source as wake_source, w.reason as wake_reason, w.payload as wake_payload,
          case
            when run.status <> 'queued' then 'not_queued'
            when run.available_at > now() + interval '250 milliseconds' then 'not_yet'
            when ${refusal} is not null then ${refusal}
            when i.status in ('done', 'cancelled') and run.error_code is distinct from 'no_answer' then 'issue_closed'
            when run.invocation_source = 'assignment' and i.assignee_agent_id is distinct from run.agent_id then 'issue_reassigned'
            when run.invocation_source = 'timer' and not exists (
              select 1 from issues t where t.company_id = run.company_id and t.assignee_agent_id = run.agent_id
                and t.status in ('todo', 'in_progress', 'in_review')) then 'no_work'
            when (select count(*) from heartbeat_runs o where o.company_id = run.company_id and o.agent_id = run.agent_id
                and o.status = 'running') >= coalesce((a.runtime_config #>> '{heartbeat,maxConcurrentRuns}')::int, 1) then 'concurrency'
            else 'claimed'
          end as verdict
        from run
        join agents a on a.company_id = run.company_id and a.id = run.agent_id
        join companies c on c.id = run.company_id
        join wakes w on w.company_id = run.company_id and w.id = run.wake_id
        left join issues i on i.company_id = run.company_id and i.id = run.issue_id`,
      claimed: sql`
        update heartbeat_runs r set status = 'running', attempt = r.attempt + 1, fence = nextval('run_fence'),
          started_at = coalesce(r.started_at, now()), lease_expires_at = now() + make_interval(secs => ${leaseSeconds}),
          acknowledged_at = null, error = null, error_code = null, updated_at = now(),
          session_id_before = (select s.session_id from agent_runtime_state s where s.company_id = r.company_id and s.agent_id = r.agent_id)
        from judged where judged.verdict = 'claimed' and r.company_id = ${companyId}::uuid and r.id = judged.id
        returning r.*`,
      skipped: sql`
        update heartbeat_runs r set status = 'cancelled', finished_at = now(), updated_at = now(), error_code = judged.verdict,
          error = case judged.verdict ${sentence} else judged.verdict end
        from judged where judged.verdict not in ('claimed', 'not_queued', 'not_yet', 'concurrency')
          and r.company_id = ${companyId}::uuid and r.id = judged.id
        returning r.*`,
      wake: sql`
        update wakes w set status = case when claimed.id is not null then 'claimed' else 'skipped' end::wake_status,
          skip_reason = skipped.error_code, resolved_at = case when skipped.id is not null then now() end
        from judged left join claimed on true left join skipped on true
        where w.company_id = ${companyId}::uuid and w.id = judged.wake_id and (claimed.id is not null or skipped.id is not null)
        returning w.id`,
      agent: sql`
        update agents a set status = 'running', last_heartbeat_at = now(), updated_at = now()
        from claimed where a.company_id = ${companyId}::uuid and a.id = claimed.agent_id returning a.id`,
      noted: systemEvent(
        "claimed",
        "claimed",
        sql`'Sent to the agent' || case when attempt > 1 then ', attempt ' || attempt else '' end`,
      ),
    },
    activity: [
      {
        from: "claimed",
        action: "run.started",
        entityType: "run",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        runId: sql`id`,
        details: sql`jsonb_build_object('issueId', issue_id, 'source', invocation_source, 'attempt', attempt, 'fence', fence)`,
      },
      {
        from: "skipped",
        action: "wake.skipped",
        entityType: "run",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        runId: sql`id`,
        details: sql`jsonb_build_object('issueId', issue_id, 'reason', error_code)`,
      },
    ],
    select: sql`
      select claimed.*, judged.verdict, judged.agent_name, judged.adapter_type, judged.adapter_config,
        judged.wake_source, judged.wake_reason, judged.wake_payload,
        array(select s.sealed from agent_webhook_secrets s where s.company_id = ${companyId}::uuid and s.agent_id = judged.agent_id
          and (s.valid_until is null or s.valid_until > now()) order by s.valid_until desc nulls first) as sealed_secrets,
        case when judged.context_mode = 'fat' and claimed.issue_id is not null then ${fatContext} end as fat_context
      from judged left join claimed on true`,
  });
  return rows[0] ?? null;
}

/** The task with its latest comments and its parents, for agents that want it in the webhook. */
const fatContext = sql`(
  with recursive line as (
    select i.*, 0 as depth from issues i where i.company_id = claimed.company_id and i.id = claimed.issue_id
    union all
    select p.*, line.depth + 1 from issues p join line on p.company_id = line.company_id and p.id = line.parent_id where line.depth < 20)
  select jsonb_build_object(
    'task', (select jsonb_build_object('id', id, 'identifier', identifier, 'title', title, 'description', description,
      'status', status, 'priority', priority) from line where depth = 0),
    'ancestors', coalesce((select jsonb_agg(jsonb_build_object('id', id, 'identifier', identifier, 'title', title) order by depth desc)
      from line where depth > 0), '[]'),
    'comments', coalesce((select jsonb_agg(jsonb_build_object('id', k.id, 'body', k.body, 'authorName', k.author_name,
      'createdAt', ${isoText(sql`k.created_at`)}) order by k.id)
      from (select * from comments m where m.company_id = claimed.company_id and m.issue_id = claimed.issue_id
        order by m.id desc limit 20) k), '[]')))`;
