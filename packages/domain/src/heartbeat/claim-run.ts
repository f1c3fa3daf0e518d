import type { InstructionFile, InvocationSource, JobWorkspace } from "@boardroom/contract";
import { mutate, type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { instructionsJson } from "../instructions/instructions-json.ts";
import { lockRunner, runnersFor } from "../runners/takes-run.ts";
import { foundSecrets, type RunSettings, secretClaimParts } from "../secrets/claim-parts.ts";
import { companySkillsJson, type JobSkill } from "../skills/skills-of.ts";
import { lockHolds } from "../tree-holds/hold-gate.ts";
import {
  claimedWorkspace,
  claimedWorkspaceId,
  lockWorkspacesOfRun,
  workspaceActivity,
  workspaceParts,
} from "../workspaces/claim-parts.ts";
import { type ClaimVerdict, claimVerdict, waitSentences, waits, waitUntil } from "./claim-verdict.ts";
import { fatContext } from "./fat-context.ts";
import { passedOn } from "./freed-runs.ts";
import { budgetRoom, refusalSentences } from "./gates.ts";
import { reservationFloorCents } from "./limits.ts";
import { lockAgentOfRun, lockHeldIssueOfRun, lockWakeOfRun } from "./lock-agent-of-run.ts";
import { lockLimitedCompany } from "./lock-limited-company.ts";
import { configFingerprint, leaseSeconds, needsRunner, timeoutSeconds } from "./run-guards.ts";
import { sentenceOf } from "./sentence-of.ts";
import { systemEvent } from "./system-event.ts";

/** What the claiming statement adds to the run for its delivery. */
interface ClaimedExtras extends RunSettings {
  verdict: ClaimVerdict;
  agentName: string;
  agentUrlKey: string;
  agentRole: string;
  agentTitle: string | null;
  companyName: string;
  issueIdentifier: string | null;
  issueTitle: string | null;
  leaseSeconds: number;
  workspace: JobWorkspace | null;
  /** What the company teaches; only for runners, agents elsewhere have their own. */
  skills: JobSkill[] | null;
  /** What the agent is told about itself. */
  instructions: InstructionFile[] | null;
  adapterType: string;
  adapterConfig: Record<string, unknown>;
  sealedSecrets: string[];
  wakeSource: InvocationSource;
  wakeReason: string;
  wakePayload: Record<string, unknown> | null;
  sessionParams: Record<string, unknown> | null;
  contextMode: "thin" | "fat";
  fatContext: Record<string, unknown> | null;
  /** Runs that may go in place of this one. */
  freedRunIds: string[] | null;
  /** With the verdict `runner`: who could run it. */
  runnerIds: string[] | null;
}
export type ClaimedRun = Row<typeof schema.heartbeatRuns, ClaimedExtras>;

/**
 * Claims a queued run: all gates, the lease, the next fence and their traces in one statement. Claiming twice claims once.
 * A run whose gate is closed is cancelled and its wake skipped with the reason; one that only has to wait stays queued, with
 * the reason and when it is looked at again. An agent whose answer was lost may have closed the issue itself: it is asked
 * again for its result.
 * @param runnerId the machine that is to run it; null is Boardroom itself
 */
export async function claimRun(ctx: Ctx, runId: string, runnerId: string | null = null): Promise<ClaimedRun | null> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.heartbeatRuns, ClaimedExtras>(ctx, schema.heartbeatRuns, {
    before: [
      lockHolds(companyId),
      lockAgentOfRun(companyId, runId),
      lockHeldIssueOfRun(companyId, runId),
      lockWakeOfRun(companyId, runId),
      lockLimitedCompany(companyId),
      ...(runnerId === null ? [] : [lockRunner(companyId, runnerId)]),
      ...lockWorkspacesOfRun(companyId, runId),
    ],
    with: {
      run: sql`select * from heartbeat_runs where company_id = ${companyId}::uuid and id = ${runId}::uuid for update`,
      facts: sql`
        select run.id, run.agent_id, run.wake_id, run.issue_id, a.name as agent_name, a.url_key as agent_url_key, a.role as agent_role,
          a.title as agent_title, c.name as company_name, i.identifier as issue_identifier, i.title as issue_title, a.adapter_type, a.adapter_config, a.context_mode,
          w.source as wake_source, w.reason as wake_reason, w.payload as wake_payload, w.task_key,
          ${leaseSeconds} as lease_seconds, ${timeoutSeconds} as timeout_seconds, ${configFingerprint} as fingerprint,
          s.session_id, s.session_params,
          s.session_id is not null and s.config_fingerprint is not distinct from ${configFingerprint}
            and ${isAtHome(runnerId)} as is_resumable,
          ${claimVerdict(runnerId)} as verdict, i.project_id, run.wait_reason as waited_for, s.quiet_until
        from run
        join agents a on a.company_id = run.company_id and a.id = run.agent_id
        join companies c on c.id = run.company_id
        join wakes w on w.company_id = run.company_id and w.id = run.wake_id
        left join issues i on i.company_id = run.company_id and i.id = run.issue_id
        left join agent_task_sessions s on s.company_id = run.company_id and s.agent_id = run.agent_id and s.task_key = w.task_key
        cross join lateral (select ${budgetRoom(sql`i.project_id`, { reserving: true })} as room offset 0) budget`,
      ...workspaceParts(companyId, runnerId),
      claimed: sql`
        update heartbeat_runs r set status = 'running', attempt = r.attempt + 1, fence = nextval('run_fence'), wait_reason = null,
          started_at = coalesce(r.started_at, now()), lease_expires_at = now() + make_interval(secs => f.lease_seconds),
          deadline_at = now() + make_interval(secs => f.timeout_seconds), last_progress_at = null,
          acknowledged_at = null, metered_cents = 0,
          reserved_cents = budget_reservation(r.company_id, r.agent_id, f.project_id, ${reservationFloorCents}), runner_id = ${runnerId}::uuid, execution_workspace_id = ${claimedWorkspaceId}, error = null, error_code = null, updated_at = now(),
          session_id_before = case when f.is_resumable then f.session_id end,
          context_snapshot = jsonb_build_object('taskId', f.issue_id, 'taskKey', f.task_key, 'wakeSource', f.wake_source,
            'wakeReason', f.wake_reason, 'configFingerprint', f.fingerprint, 'sessionReset', f.session_id is not null and not f.is_resumable)
        from facts f where f.verdict = 'claimed' and r.company_id = ${companyId}::uuid and r.id = f.id
        returning r.*`,
      ...secretClaimParts(companyId),
      waiting: sql`
        update heartbeat_runs r set wait_reason = f.verdict, updated_at = now(), available_at = (
          select ${waitUntil(sql`f.verdict`)} from run left join issues i on i.company_id = run.company_id and i.id = run.issue_id
          cross join (select f.quiet_until) s)
        from facts f where ${waits(sql`f.verdict`)} and r.company_id = ${companyId}::uuid and r.id = f.id
        returning r.*, f.waited_for`,
      deferred: sql`select * from waiting where wait_reason is distinct from waited_for`,
      leaving: sql`
        select run.company_id, run.id, run.agent_id, run.issue_id, f.waited_for from facts f join run on run.id = f.id
        where f.verdict not in ('not_queued', 'not_yet', f.waited_for) and (f.verdict <> 'claimed' or f.waited_for = 'issue_held')`,
      freed: passedOn("leaving"),
      skipped: sql`
        update heartbeat_runs r set status = 'cancelled', finished_at = now(), updated_at = now(), error_code = f.verdict, wait_reason = null,
          error = ${sentenceOf(sql`f.verdict`, refusalSentences)}
        from facts f where f.verdict not in ('claimed', 'not_queued', 'not_yet') and not ${waits(sql`f.verdict`)}
          and r.company_id = ${companyId}::uuid and r.id = f.id
        returning r.*`,
      wake: sql`
        update wakes w set status = case when claimed.id is not null then 'claimed' else 'skipped' end::wake_status,
          skip_reason = skipped.error_code, resolved_at = case when skipped.id is not null then now() end
        from facts left join claimed on true left join skipped on true
        where w.company_id = ${companyId}::uuid and w.id = facts.wake_id and (claimed.id is not null or skipped.id is not null)
        returning w.id`,
      agent: sql`
        update agents a set status = 'running', last_heartbeat_at = now(), updated_at = now()
        from claimed where a.company_id = ${companyId}::uuid and a.id = claimed.agent_id returning a.id`,
      noted: systemEvent(
        "claimed",
        "claimed",
        sql`'Sent to the agent' || case when attempt > 1 then ', attempt ' || attempt else '' end`,
      ),
      noted_wait: systemEvent("deferred", "waiting", sentenceOf(sql`wait_reason`, waitSentences)),
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
      {
        from: "deferred",
        action: "run.deferred",
        entityType: "run",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        runId: sql`id`,
        details: sql`jsonb_build_object('issueId', issue_id, 'reason', wait_reason)`,
      },
      ...workspaceActivity,
    ],
    select: sql`
      select claimed.*, facts.verdict, facts.agent_name, facts.agent_url_key, facts.agent_role, facts.agent_title, facts.company_name,
        facts.issue_identifier, facts.issue_title, facts.lease_seconds, facts.context_mode, facts.adapter_type, facts.adapter_config,
        facts.wake_source, facts.wake_reason, facts.wake_payload, case when facts.is_resumable then facts.session_params end as session_params,
        array(select s.sealed from agent_webhook_secrets s where s.company_id = ${companyId}::uuid and s.agent_id = facts.agent_id
          and (s.valid_until is null or s.valid_until > now()) order by s.valid_until desc nulls first) as sealed_secrets,
        case when facts.context_mode = 'fat' and claimed.issue_id is not null then ${fatContext} end as fat_context,
        (select array_agg(id) from freed) as freed_run_ids, ${foundSecrets} as secrets, (select environment from settings) as environment,
        case when facts.verdict = 'runner' then ${runnersFor(companyId, sql`facts.id`)} end as runner_ids,
        (select ${instructionsJson("told")} from agents told
          where facts.verdict = 'claimed' and told.company_id = ${companyId}::uuid and told.id = facts.agent_id) as instructions,
        ${claimedWorkspace} as workspace,
        ${runnerId === null ? sql`null::jsonb` : sql`case when facts.verdict = 'claimed' then ${companySkillsJson(companyId)} end`} as skills
      from facts join run on run.id = facts.id left join claimed on true`,
  });
  return rows[0] ?? null;
}

/** A session lives where it was made: on the agent's side in its folder, on a runner's machine in a folder that the runner looks at. */
const isAtHome = (runnerId: string | null) => sql`case when ${needsRunner}
  then coalesce(s.runner_id = ${runnerId}::uuid, false) else coalesce(s.cwd = a.adapter_config ->> 'cwd', true) end`;
