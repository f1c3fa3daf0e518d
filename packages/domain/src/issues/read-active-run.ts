import type { Run } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq, getTableColumns, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { issueWhere } from "./internal.ts";

const { heartbeatRuns, issues } = schema;

/** The run that holds an issue now, or null. */
export async function readActiveRun(ctx: Ctx, { id: ref }: InputOf<"issues.activeRun">): Promise<Run | null> {
  const [row] = await ctx.db.read(
    ctx.db.build
      .select({ issueId: issues.id, run: getTableColumns(heartbeatRuns) })
      .from(issues)
      .leftJoin(
        heartbeatRuns,
        and(
          eq(heartbeatRuns.companyId, issues.companyId),
          eq(heartbeatRuns.id, issues.checkoutRunId),
          eq(heartbeatRuns.status, "running"),
          sql`${heartbeatRuns.leaseExpiresAt} > now()`,
        ),
      )
      .where(issueWhere(ctx.db.companyId, ref)),
  );
  return found(row, "issue").run;
}
