import type { Activity } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { and, eq } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import type { Page } from "../paging.ts";
import { readActivityPage } from "./read-activity-page.ts";

/** What happened to one thing, newest first. */
export async function listEntityActivity(
  ctx: Ctx,
  input: { entityType: string; entityId: string; limit: number; cursor?: string | undefined },
): Promise<Page<Activity>> {
  const { activityLog: log } = schema;
  return readActivityPage(ctx, and(eq(log.entityType, input.entityType), eq(log.entityId, input.entityId)), input);
}
