import type { EnvironmentCheck, EnvironmentReport } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";

/** Keeps what a runner found, and tells whoever waits for it. The first report counts. */
export async function reportTest(ctx: Ctx, { id, checks }: InputOf<"runners.reportTest">): Promise<void> {
  const { companyId } = ctx.db;
  const { rows } = await mutate<typeof schema.environmentTests, { reportedNow: boolean }>(
    ctx,
    schema.environmentTests,
    {
      with: {
        target: sql`
        select t.*, m.name as runner_name from environment_tests t
        join runners m on m.company_id = t.company_id and m.id = t.runner_id and m.status <> 'revoked'
        where t.company_id = ${companyId}::uuid and t.id = ${id}::uuid and t.runner_id = ${ctx.actor.id}::uuid for update of t`,
        reported: sql`
        update environment_tests t set status = 'done', finished_at = now(), report = jsonb_build_object('adapterType', target.adapter_type,
          'status', ${statusOf(checks)}::text, 'checks', ${JSON.stringify(checks)}::jsonb, 'testedAt', ${new Date().toISOString()}::text,
          'runnerId', target.runner_id, 'runnerName', target.runner_name)
        from target where target.status <> 'done' and t.company_id = target.company_id and t.id = target.id returning t.*`,
      },
      activity: [
        {
          from: "reported",
          action: "environment_test.reported",
          entityType: "runner",
          entityId: sql`runner_id`,
          agentId: sql`agent_id`,
          details: sql`jsonb_build_object('adapterType', adapter_type, 'status', report ->> 'status')`,
        },
      ],
      select: sql`
      select shown.*, exists (select 1 from reported) as reported_now
      from (select ${testColumns} from reported t union all select ${testColumns} from target t where not exists (select 1 from reported)) shown`,
    },
  );
  const test = found(rows[0], "environment test");
  if (test.reportedNow && test.report) await ctx.ports.runnerHub.testReported(companyId, id, test.report);
}

const testColumns = sql`t.company_id, t.id, t.adapter_type, t.report`;

/** What a list of findings comes to. */
export function statusOf(checks: readonly EnvironmentCheck[]): EnvironmentReport["status"] {
  if (checks.some(({ level }) => level === "error")) return "fail";
  return checks.some(({ level }) => level === "warn") ? "warn" : "pass";
}
