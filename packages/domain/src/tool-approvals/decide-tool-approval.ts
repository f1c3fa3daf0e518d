import { BoardroomError, type ToolApproval, type ToolApprovalStatus } from "@boardroom/contract";
import { mutate, type Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type ApprovalExtras, joined, shownStatus } from "./approval-columns.ts";
import { tellDecision } from "./tell-decision.ts";

type Decision = "allowed" | "denied";
interface Extras extends ApprovalExtras {
  wasStatus: ToolApprovalStatus;
  decidedBefore: string | null;
  nothingToKnowItBy: boolean;
  runnerId: string | null;
}

export const allowToolCall = (ctx: Ctx, input: InputOf<"toolApprovals.allow">) => decide(ctx, input, "allowed");
export const denyToolCall = (ctx: Ctx, input: InputOf<"toolApprovals.deny">) => decide(ctx, input, "denied");

/**
 * Decides a tool call, once, and tells the runner that waits. Remembered, it becomes the company's first rule for just this
 * tool with just this command or file.
 * @throws BoardroomError stale_state when it was decided, expired, or its run has ended; forbidden to remember below admin;
 * unsupported to remember a call that shows nothing by which to know it again
 */
async function decide(
  ctx: Ctx,
  { id, note = null, remember = false }: InputOf<"toolApprovals.allow">,
  decision: Decision,
): Promise<ToolApproval> {
  const { actor, db } = ctx;
  const { companyId } = db;
  if (remember && !(actor.kind === "user" && (actor.role === "admin" || actor.role === "owner"))) {
    throw new BoardroomError(
      "forbidden",
      "This takes the role admin or higher: it makes a rule for the whole company.",
    );
  }
  const { rows } = await mutate<typeof schema.toolApprovals, Extras>(ctx, schema.toolApprovals, {
    before: sql`select 1 from tool_approvals where company_id = ${companyId}::uuid and id = ${id}::uuid for no key update`,
    with: {
      judged: sql`
        select t.*, ${shownStatus} as now_status, ${remember}::boolean and t.summary is null as nothing_to_know_it_by,
          a.name as agent_name, a.adapter_type, i.identifier as issue_identifier, r.runner_id
        from tool_approvals t ${joined} where t.company_id = ${companyId}::uuid and t.id = ${id}::uuid`,
      decided: sql`
        update tool_approvals t set status = ${decision}::tool_approval_status, note = ${note}::text, decided_at = now(),
          decided_by_user_id = ${actor.id}::text, decided_by_name = ${actor.name}::text
        from judged j where j.now_status = 'pending' and not j.nothing_to_know_it_by and t.company_id = j.company_id and t.id = j.id
        returning t.*, j.adapter_type`,
      remembered: rememberRule(remember, decision),
    },
    activity: [
      {
        from: "decided",
        action: `tool_approval.${decision}`,
        entityType: "tool_approval",
        entityId: sql`id`,
        agentId: sql`agent_id`,
        runId: sql`run_id`,
        details: sql`jsonb_build_object('tool', tool, 'summary', left(summary, 300), 'issueId', issue_id, 'note', note)`,
      },
      {
        from: "remembered",
        action: "tool_rule.created",
        entityType: "tool_rule",
        entityId: sql`id`,
        details: sql`jsonb_build_object('effect', effect, 'tool', tool, 'shape', shape, 'adapterType', adapter_type, 'toolApprovalId', ${id}::uuid)`,
      },
    ],
    select: sql`
      select decided.*, judged.now_status as was_status, judged.decided_by_name as decided_before, judged.nothing_to_know_it_by,
        judged.agent_name, judged.issue_identifier, judged.runner_id
      from judged left join decided on true`,
  });
  const row = found(rows[0], "tool approval");
  if (row.id === null) throw refused(row);
  tellDecision(ctx, row);
  return row;
}

/** It goes before all other rules: none of them decided this call. Stars in what it keeps stand for themselves. */
const rememberRule = (remember: boolean, decision: Decision): SQL => {
  const exactly = (column: SQL) => sql`regexp_replace(${column}, '([\\\\*])', '\\\\\\1', 'g')`;
  return sql`
    insert into tool_rules (company_id, position, effect, tool, shape, adapter_type, note)
    select d.company_id, 0, ${decision === "allowed" ? "allow" : "deny"}::tool_effect, ${exactly(sql`d.tool`)}, ${exactly(sql`d.summary`)}, d.adapter_type, d.note
    from decided d where ${remember}::boolean returning *`;
};

const words: Record<ToolApprovalStatus, string> = {
  pending: "asked",
  allowed: "allowed",
  denied: "denied",
  expired: "denied, because its time was up",
  cancelled: "called off, because its run has ended",
};

function refused(row: Row<typeof schema.toolApprovals, Extras>): BoardroomError {
  if (row.wasStatus === "pending" && row.nothingToKnowItBy) {
    return new BoardroomError(
      "unsupported",
      "This call shows neither command nor file by which to know it again. Make a rule by hand.",
    );
  }
  const by = row.decidedBefore ? ` by ${row.decidedBefore}` : "";
  return new BoardroomError("stale_state", `This tool call was ${words[row.wasStatus]}${by} already.`, {
    status: row.wasStatus,
  });
}
