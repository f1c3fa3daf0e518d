import type { Runner } from "@boardroom/contract";
import { BoardroomError } from "@boardroom/contract";
import type { Row, schema } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import type { Ctx } from "../context.ts";
import { usedSlots } from "./takes-run.ts";

export interface RunnerExtras {
  usedSlots: number;
}
export type RunnerRow = Row<typeof schema.runners, RunnerExtras>;

/** A run as whoever executes it names it. */
export interface ExecutedRun {
  runId: string;
  fence: number;
}

/** The select list of a runner as the API shows it, over the alias `m`. */
export const runnerColumns: SQL = sql`m.*, ${usedSlots}::int as used_slots`;

/** Runners as the API shows them: the hub knows who is there. */
export async function shownRunners(
  { db, ports }: Pick<Ctx, "ports"> & { db: { companyId: string } },
  rows: readonly RunnerRow[],
): Promise<Runner[]> {
  const online = rows.length === 0 ? [] : await ports.runnerHub.online(db.companyId);
  return rows.map(({ publicKey: _, ...row }) => ({
    ...row,
    isOnline: row.status !== "revoked" && online.includes(row.id),
  }));
}

export async function shownRunner(
  ctx: Pick<Ctx, "ports"> & { db: { companyId: string } },
  row: RunnerRow,
): Promise<Runner> {
  const [runner] = await shownRunners(ctx, [row]);
  if (!runner) throw new BoardroomError("not_found", "There is no such runner.");
  return runner;
}

/** What a runner is told whose credential was taken away: it stops for good. */
export const revoked = () =>
  new BoardroomError("forbidden", "This runner was revoked. Connect the machine again with a new code.", {
    reason: "revoked",
  });
