import { BoardroomError, type OperationInput, type Operations } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { redactJson } from "../redaction/redact-json.ts";
import { executorFence, leaseLost } from "./executor.ts";

type Input = { id: string } & OperationInput<Operations["runs.addEvents"]>["body"];
interface Outcome {
  isKnown: boolean;
  isLive: boolean;
  accepted: number;
  lastSeq: number;
}

/**
 * Appends an agent's events to its run, with secrets masked; a sequence number that is there already changes nothing. One audit
 * row a report.
 * @throws BoardroomError not_found for a run that is not this agent's, lease_lost when it does not run under this fence and a
 * lease that counts
 */
export async function addRunEvents(
  ctx: Ctx,
  { id, fence: stated, events }: Input,
): Promise<{ accepted: number; lastSeq: number }> {
  const fence = executorFence(ctx, id, stated);
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.runEvents, Outcome>(ctx, schema.runEvents, {
    with: {
      run: sql`
        update heartbeat_runs set acknowledged_at = coalesce(acknowledged_at, now()), last_progress_at = now()
        where company_id = ${companyId}::uuid and id = ${id}::uuid and agent_id = ${ctx.actor.agentId}::uuid
          and status = 'running' and fence = ${fence}::bigint and lease_expires_at > now()
        returning company_id, id`,
      added: sql`
        insert into run_events (company_id, run_id, agent_seq, kind, message, data)
        select run.company_id, run.id, e.seq, e.kind, e.message, e.data
        from run, jsonb_to_recordset(${JSON.stringify(redactJson(events))}::jsonb) as e (seq int, kind text, message text, data jsonb)
        order by e.seq
        on conflict (company_id, run_id, agent_seq) where agent_seq is not null do nothing
        returning run_id, agent_seq`,
      report: sql`select run_id, count(*)::int as accepted, max(agent_seq) as last_seq from added group by run_id`,
    },
    activity: [
      {
        from: "report",
        action: "run.events_added",
        entityType: "run",
        entityId: sql`run_id`,
        details: sql`jsonb_build_object('count', accepted, 'lastSeq', last_seq)`,
      },
    ],
    select: sql`
      select exists (select 1 from run) as is_live, exists (
          select 1 from heartbeat_runs r
          where r.company_id = ${companyId}::uuid and r.id = ${id}::uuid and r.agent_id = ${ctx.actor.agentId}::uuid) as is_known,
        coalesce((select accepted from report), 0) as accepted,
        greatest((select last_seq from report), (select max(e.agent_seq) from run_events e
          where e.company_id = ${companyId}::uuid and e.run_id = ${id}::uuid), 0) as last_seq`,
  });
  const [outcome] = rows;
  if (!outcome?.isKnown) throw new BoardroomError("not_found", "No such run.");
  if (!outcome.isLive) throw leaseLost();
  return { accepted: outcome.accepted, lastSeq: outcome.lastSeq };
}
