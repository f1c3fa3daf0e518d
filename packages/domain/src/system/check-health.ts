import type { OperationOutput, Operations } from "@boardroom/contract";
import type { Connection } from "@boardroom/db";
import { sql } from "drizzle-orm";

/** Asks the database for a sign of life; when it gives none, the error is the answer. */
export async function checkHealth(ctx: {
  system: Connection;
  version: string;
}): Promise<OperationOutput<Operations["system.health"]>> {
  await ctx.system.raw(sql`select 1`);
  return { status: "ok", version: ctx.version };
}
