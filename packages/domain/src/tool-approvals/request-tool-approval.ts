import { BoardroomError, type ToolApproval } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { executorFence, leaseLost } from "../heartbeat/executor.ts";
import { liveCaller, liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { redact } from "../redaction/index.ts";
import { redactJson } from "../redaction/redact-json.ts";
import { firstRule } from "../tool-rules/rule-match.ts";
import type { ApprovalExtras } from "./approval-columns.ts";
import { capInput } from "./cap-input.ts";

/**
 * Asks whether a tool may be called. The company's first rule that fits answers at once, else the board is asked, or, with
 * `unlessDenied`, nobody; the same call asks once. What is kept, and held against the rules, has its secrets masked.
 * @throws BoardroomError lease_lost for a run that no longer runs, conflict for an id under which another call was asked
 */
export async function requestToolApproval(ctx: Ctx, input: InputOf<"toolApprovals.request">): Promise<ToolApproval> {
  const { id: runId, callId, tool, expiresInSec } = input;
  executorFence(ctx, runId, input.fence);
  const { companyId } = ctx.db;
  const summary = input.summary ? redact(input.summary) : null;
  const otherwise = input.unlessDenied ? "allowed" : "pending";
  const shown = JSON.stringify(capInput(redactJson(input.input)));
  const { rows } = await mutate<typeof schema.toolApprovals, ApprovalExtras & { isLive: boolean }>(
    ctx,
    schema.toolApprovals,
    {
      before: liveCaller(ctx),
      with: {
        asked: sql`
        select r.company_id, r.id as run_id, r.agent_id, r.issue_id, a.name as agent_name, ${liveRunGuard(ctx)} as is_live, rule.*
        from heartbeat_runs r join agents a on a.company_id = r.company_id and a.id = r.agent_id
        left join lateral ${firstRule(companyId, tool, summary)} rule (rule_id, effect, rule_note) on true
        where r.company_id = ${companyId}::uuid and r.id = ${runId}::uuid and r.agent_id = ${ctx.actor.agentId}::uuid`,
        kept: sql`
        insert into tool_approvals as t (company_id, run_id, agent_id, issue_id, call_id, tool, input, summary, status, note, rule_id, expires_at, decided_at)
        select company_id, run_id, agent_id, issue_id, ${callId}::text, ${tool}::text, ${shown}::jsonb, ${summary}::text,
          case effect when 'allow' then 'allowed' when 'deny' then 'denied' else ${otherwise} end::tool_approval_status,
          case when effect <> 'ask' then rule_note end, case when effect <> 'ask' then rule_id end,
          now() + make_interval(secs => ${expiresInSec}), case when effect <> 'ask' or ${otherwise} <> 'pending' then now() end
        from asked where is_live
        -- The same call again changes nothing and is answered as it stands; another one doesn't get its answer.
        on conflict (company_id, run_id, call_id) do update set call_id = excluded.call_id
          where (t.tool, t.input) = (excluded.tool, excluded.input) and t.summary is not distinct from excluded.summary
        returning t.*, (xmax = 0) as is_new`,
        fresh: sql`select * from kept where is_new`,
      },
      activity: [
        {
          from: "fresh",
          action: sql`'tool_approval.' || case status when 'pending' then 'requested' else status::text end`,
          entityType: "tool_approval",
          entityId: sql`id`,
          details: sql`jsonb_build_object('tool', tool, 'summary', left(summary, 300), 'issueId', issue_id, 'ruleId', rule_id)`,
        },
      ],
      select: sql`
      select kept.*, asked.is_live, asked.agent_name, i.identifier as issue_identifier
      from asked left join kept on true left join issues i on i.company_id = asked.company_id and i.id = asked.issue_id`,
    },
  );
  const row = rows[0];
  if (!row) throw new BoardroomError("not_found", "No such run.");
  if (!row.isLive) throw leaseLost();
  if (row.id === null) throw new BoardroomError("conflict", "Another tool call of this run has this callId.");
  return row;
}
