import type { Company } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { followSchedule } from "../agents/follow-schedule.ts";
import {
  type StoppedOnMachines,
  stoppedOnMachines,
  stoppedRunsActivity,
  stopWork,
  tellMachines,
} from "../agents/stop-work.ts";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import { type CompanyExtras, companyColumns } from "./company-columns.ts";

const reason = "company_archived";

/** Archives a company: its agents pause and their work stops, nothing is deleted. Archiving twice changes nothing. */
export async function archiveCompany(ctx: Ctx): Promise<Company> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.companies, CompanyExtras & StoppedOnMachines>(ctx, schema.companies, {
    with: {
      target: sql`select * from companies where id = ${companyId}::uuid for update`,
      archived: sql`
        update companies c set status = 'archived', updated_at = now() from target
        where c.id = target.id and target.status <> 'archived' returning c.*`,
      staff: sql`
        select a.id, a.company_id from agents a join archived on archived.id = a.company_id
        where a.company_id = ${companyId}::uuid and a.status <> 'terminated'`,
      paused: sql`
        update agents a set status = 'paused', pause_reason = ${reason}, paused_at = now(), updated_at = now() from staff
        where a.company_id = staff.company_id and a.id = staff.id and a.status not in ('paused', 'terminated') returning a.*`,
      schedule: followSchedule("paused"),
      ...stopWork("staff", reason),
    },
    activity: [
      {
        from: "archived",
        action: "company.archived",
        entityType: "company",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name)`,
      },
      {
        from: "paused",
        action: "agent.paused",
        entityType: "agent",
        entityId: sql`id`,
        agentId: sql`id`,
        details: sql`jsonb_build_object('name', name, 'reason', pause_reason)`,
      },
      stoppedRunsActivity,
    ],
    select: sql`
      select ${companyColumns}, ${stoppedOnMachines} from (
        select * from archived union all select * from target where not exists (select 1 from archived)) c`,
  });
  const company = found(rows[0], "company");
  tellMachines(ctx, company);
  return company;
}
