import type { Routine } from "@boardroom/contract";
import { schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { found } from "../found.ts";
import type { InputOf } from "../input.ts";
import { type RoutineExtras, routineColumns, shownRoutine } from "./routine-rows.ts";

export async function getRoutine(ctx: Ctx, { id }: InputOf<"routines.get">): Promise<Routine> {
  const [routine] = await ctx.db.rows<typeof schema.routines, RoutineExtras>(
    schema.routines,
    sql`select ${routineColumns} from routines r where r.company_id = ${ctx.db.companyId}::uuid and r.id = ${id}::uuid`,
  );
  return shownRoutine(ctx.ports, found(routine, "routine"));
}
