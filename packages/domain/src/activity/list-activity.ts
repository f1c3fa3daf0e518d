import type { Activity } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { InputOf } from "../input.ts";
import type { Page } from "../paging.ts";
import { readActivityPage } from "./read-activity-page.ts";

/** The audit log, newest first; an action that ends in a dot stands for all that begin so. */
export async function listActivity(ctx: Ctx, input: InputOf<"companies.activity">): Promise<Page<Activity>> {
  const { activityLog: log } = schema;
  const { action, entityType, entityId, agentId, runId, actorId, since, until } = input;
  const matches = and(
    action?.endsWith(".") ? sql`starts_with(${log.action}, ${action})` : undefined,
    action && !action.endsWith(".") ? eq(log.action, action) : undefined,
    entityType ? eq(log.entityType, entityType) : undefined,
    entityId ? eq(log.entityId, entityId) : undefined,
    agentId ? eq(log.agentId, agentId) : undefined,
    runId ? eq(log.runId, runId) : undefined,
    actorId ? eq(log.actorId, actorId) : undefined,
    since ? sql`${log.createdAt} >= ${since}::timestamptz` : undefined,
    until ? sql`${log.createdAt} < ${until}::timestamptz` : undefined,
  );
  return readActivityPage(ctx, matches, input);
}
