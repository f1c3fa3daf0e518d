import { BoardroomError, type Company } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { assign, textArray } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { runsUnderLimit } from "../heartbeat/freed-runs.ts";
import { wakeParts } from "../heartbeat/wake-parts.ts";
import type { InputOf } from "../input.ts";
import { type CompanyExtras, companyColumns } from "./company-columns.ts";

interface Extras extends CompanyExtras {
  queuedRunIds: string[] | null;
}

/**
 * Changes a company. Pausing stops new runs at the gate; running ones end by themselves. When it goes on, whoever has work is
 * woken: what was to wake them meanwhile was stopped at the gate. Runs that wait for a place look at a new limit.
 * @throws BoardroomError company_not_active when it is archived
 */
export async function updateCompany(ctx: Ctx, input: InputOf<"companies.update">): Promise<Company> {
  const { rows } = await mutate<typeof schema.companies, Extras>(ctx, schema.companies, {
    with: {
      target: sql`select id as target_id, status from companies where id = ${ctx.db.companyId}::uuid for no key update`,
      changed: sql`
        update companies c set ${assign(schema.companies, { ...input, ...pauseMarks(input) })} from target
        where c.id = target.target_id and target.status <> 'archived' returning c.*`,
      busy: sql`
        select a.id from changed join target on target.status = 'paused' and changed.status = 'active'
        join agents a on a.company_id = changed.id and a.status in ('idle', 'active', 'running') and exists (
          select 1 from issues i where i.company_id = a.company_id and i.assignee_agent_id = a.id
            and i.status in ('todo', 'in_progress', 'in_review'))`,
      ...wakeParts(ctx.db.companyId, ctx.actor, {
        from: "busy",
        agentId: sql`cause.id`,
        source: "automation",
        reason: "agent_resumed",
      }),
      freed:
        input.maxConcurrentRuns === undefined ? sql`select null::uuid as id where false` : runsUnderLimit("changed"),
    },
    activity: [
      {
        from: "changed",
        action: sql`case when changed.status = (select status from target) then 'company.updated'
          when changed.status = 'paused' then 'company.paused' else 'company.resumed' end`,
        entityType: "company",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'reason', pause_reason, 'changed', to_jsonb(${textArray(Object.keys(input))}))`,
      },
    ],
    select: sql`select shown.*, (select array_agg(id) from (select id from queued_run union all select id from freed) q) as queued_run_ids
      from target left join (select ${companyColumns} from changed c) shown on true`,
  });
  const company = found(rows[0], "company");
  if (company.id === null)
    throw new BoardroomError("company_not_active", "The company is archived and can't be changed.");
  ctx.ports.dispatch((company.queuedRunIds ?? []).map((runId) => ({ companyId: company.id, runId })));
  return company;
}

/** When it was paused and why; pausing twice keeps the first time. */
function pauseMarks({ status, pauseReason }: InputOf<"companies.update">) {
  if (status === "active") return { pausedAt: null, pauseReason: null };
  if (status === "paused") return { pausedAt: sql`coalesce(c.paused_at, now())`, pauseReason: pauseReason ?? null };
  return {};
}
