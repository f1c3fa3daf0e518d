import type { Connection } from "@boardroom/db";
import { type SQL, sql } from "drizzle-orm";
import { approvalsMove } from "../approvals/settle-approvals.ts";
import { objectsAreOrphans } from "../attachments/sweep-objects.ts";
import { logsAreOpen } from "../audit/seal-logs.ts";
import { questionsAreOver } from "../interactions/expire-interactions.ts";
import { budgetWindowsAreOver } from "../money/lift-budget-stops.ts";
import { deadRunsAreUnsettled } from "../money/settle-dead-runs.ts";
import { peopleWait } from "../notifications/notify-people.ts";
import { schedulesAreDue } from "../routines/list-due-triggers.ts";
import { logsAreLeft } from "../run-logs/list-unarchived-logs.ts";
import { valuesAreOld } from "../secrets/tend-vault.ts";
import { approvalsAreOpen } from "../tool-approvals/settle-tool-approvals.ts";
import { eventsWait } from "../webhooks/sweep-endpoints.ts";
import { timersAreDue } from "./claim-schedules.ts";
import { runsAreDue } from "./enqueue-waiting.ts";
import { runsArePolled } from "./poll-runs.ts";
import { leasesAreOver } from "./reap-runs.ts";
import { workIsLeft } from "./recover-stranded.ts";
import { type TickStarter, tickNoted } from "./scheduler-watch.ts";

/** Which parts of the minute's work there are, each with how one sees that it may have something to do. */
const parts = {
  timers: timersAreDue,
  leases: leasesAreOver,
  stranded: workIsLeft,
  routines: schedulesAreDue,
  runs: runsAreDue,
  polls: runsArePolled,
  approvals: approvalsAreOpen,
  decisions: approvalsMove,
  people: peopleWait,
  questions: questionsAreOver,
  costs: deadRunsAreUnsettled,
  budgets: budgetWindowsAreOver,
  logs: logsAreLeft,
  objects: objectsAreOrphans,
  seals: logsAreOpen,
  webhooks: eventsWait,
} satisfies Record<string, SQL>;
export type TickWork = Record<keyof typeof parts | "vault", boolean>;

/**
 * Notes that the minute's work begins and looks what there is to do, in one statement that reads the ends of a few indexes: most
 * ticks of a small installation find nothing.
 */
export async function beginTick(
  system: Connection,
  by: TickStarter,
  masterKeyId: string | null = null,
): Promise<TickWork> {
  const vault = masterKeyId === null ? sql`false` : valuesAreOld(masterKeyId);
  const looks = Object.entries({ ...parts, vault }).map(
    ([part, look]) => sql`coalesce(${look}, false) as ${sql.identifier(part)}`,
  );
  const [work] = await system.raw<TickWork>(sql`with noted as (${tickNoted(by)}) select ${sql.join(looks, sql`, `)}`);
  if (!work) throw new Error("The look at the work answers one row");
  return work;
}

/** For a tick that could not look: everything may have something to do. */
export const everything: TickWork = {
  timers: true,
  leases: true,
  stranded: true,
  routines: true,
  runs: true,
  polls: true,
  approvals: true,
  decisions: true,
  people: true,
  questions: true,
  costs: true,
  budgets: true,
  logs: true,
  objects: true,
  seals: true,
  webhooks: true,
  vault: true,
};
