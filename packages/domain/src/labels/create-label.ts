import type { Label } from "@boardroom/contract";
import { mutate, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import { insertInto } from "../column-values.ts";
import type { Ctx } from "../context.ts";
import { liveRunGuard } from "../heartbeat/live-run-guard.ts";
import type { InputOf } from "../input.ts";
import { written } from "../written.ts";

/**
 * Makes a label.
 * @throws BoardroomError already_exists when the name is taken
 */
export async function createLabel(ctx: Ctx, input: InputOf<"labels.create">): Promise<Label> {
  const { companyId } = ctx.db;
  const { rows } = await mutate(ctx, schema.labels, {
    with: {
      created: sql`${insertInto(schema.labels, { companyId, name: input.name, color: input.color })} where ${liveRunGuard(ctx)} returning *`,
    },
    activity: [
      {
        from: "created",
        action: "label.created",
        entityType: "label",
        entityId: sql`id`,
        details: sql`jsonb_build_object('name', name)`,
      },
    ],
    select: sql`select * from created`,
  });
  return written(rows[0]);
}
