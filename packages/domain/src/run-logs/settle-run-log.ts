import type { Ctx } from "../context.ts";

/** What has to happen to the log of a run that ended: its viewers see the end, and it is moved to where it is kept. */
export function settleRunLog({ db, ports }: Pick<Ctx, "db" | "ports">, run: { id: string; logBytes: number }): void {
  ports.tellLogViewers(db.companyId, run.id);
  if (run.logBytes > 0) ports.archiveLog(db.companyId, run.id);
}
