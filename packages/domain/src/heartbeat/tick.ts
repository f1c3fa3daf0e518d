import type { Connection } from "@boardroom/db";
import { settleApprovals } from "../approvals/settle-approvals.ts";
import { sweepObjects } from "../attachments/sweep-objects.ts";
import { sealLogs } from "../audit/seal-logs.ts";
import { expireInteractions } from "../interactions/expire-interactions.ts";
import { liftBudgetStops } from "../money/lift-budget-stops.ts";
import { settleDeadRuns } from "../money/settle-dead-runs.ts";
import { notifyAll } from "../notifications/notify-people.ts";
import type { Ports, SecretPort } from "../ports.ts";
import { type ContextFor, fireDueRoutines } from "../routines/fire-due-routines.ts";
import { archiveLeftLogs } from "../run-logs/archive-left-logs.ts";
import { tendVault } from "../secrets/tend-vault.ts";
import { settleToolApprovals } from "../tool-approvals/settle-tool-approvals.ts";
import type { EventWebhookPort } from "../webhooks/ports.ts";
import { sweepEndpoints } from "../webhooks/sweep-endpoints.ts";
import { beginTick, everything } from "./begin-tick.ts";
import { claimSchedules } from "./claim-schedules.ts";
import { enqueueWaiting } from "./enqueue-waiting.ts";
import { batchSize, inBatches } from "./in-batches.ts";
import { pollRuns } from "./poll-runs.ts";
import { reapRuns } from "./reap-runs.ts";
import { recoverStranded } from "./recover-stranded.ts";
import { noteTick, type TickStarter } from "./scheduler-watch.ts";

export interface TickReport {
  /** Timers claimed and advanced. */
  due: number;
  /** Of those, the ones that woke nobody because there was no work. */
  spared: number;
  reaped: number;
  /** Wakes for work that nobody carried on. */
  recovered: number;
  /** Slots of routines that fired. */
  fired: number;
  /** Runs whose agents don't call back, and said how they do. */
  polled: number;
  /** Runs handed to the queue. */
  queued: number;
  /** Runs that died without a word on their cost, and were given one. */
  priced: number;
  /** Companies in which the window of a used up budget was over. */
  lifted: number;
  /** Logs of ended runs that were moved to object storage. */
  archived: number;
  /** Tool calls that nobody answered in time, or whose run has ended. */
  settled: number;
  /** Approvals that took effect, ran out of time or were escalated. */
  decided: number;
  /** Mails and pushes about what waits for people. */
  notified: number;
  /** Rows of activity logs that were sealed. */
  sealed: number;
  /** Values of secrets that were destroyed, because their time had come. */
  destroyed: number;
  /** What an older master key had sealed, sealed anew. */
  resealed: number;
  /** Objects in storage that belonged to nothing any more. */
  swept: number;
  /** Questions to the board that nobody answered in time. */
  expired: number;
  /** Companies whose addresses have something to be told that nobody was called for. */
  told: number;
}

export interface TickPorts extends Pick<Ports, "enqueue"> {
  /** Opens and seals; without it what older master keys sealed stays so. */
  secrets?: SecretPort;
  /** Has the queue call for addresses that are to be told something. */
  eventWebhooks?: Pick<EventWebhookPort, "deliverSoon">;
  /** Boardroom itself inside a company. Without it routines and logs rest. */
  contextFor?: ContextFor;
}

/** Batches of timers in one tick: enough for a million agents. */
const maxClaims = 600;
/** How often, and how long each time, the tick waits for timers that somebody else has in hand. */
const maxWaits = 20;
const waitMs = 100;

/**
 * The minute's work: claims due timers, ends expired leases, recovers stranded work, fires routines, and hands every queued
 * run that is due within the minute to the queue, also those whose first way was lost. Any number of ticks may run at once,
 * and any may be missed.
 */
export async function tick(system: Connection, ports: TickPorts, by: TickStarter = "schedule"): Promise<TickReport> {
  const report: TickReport = {
    due: 0,
    spared: 0,
    reaped: 0,
    recovered: 0,
    fired: 0,
    polled: 0,
    queued: 0,
    priced: 0,
    lifted: 0,
    archived: 0,
    settled: 0,
    decided: 0,
    notified: 0,
    sealed: 0,
    destroyed: 0,
    resealed: 0,
    swept: 0,
    expired: 0,
    told: 0,
  };
  const { contextFor } = ports;
  // One part that fails must not keep the others from their minute.
  const failures: unknown[] = [];
  const attempt = (part: () => Promise<unknown>) => part().catch((error: unknown) => failures.push(error));
  const work = await beginTick(system, by, ports.secrets?.masterKeyId).catch(async (error: unknown) => {
    failures.push(error);
    await attempt(() => noteTick(system, by));
    return everything;
  });
  // Nor many routines the timers: they dispatch their own runs.
  const routines = attempt(async () => {
    if (work.routines && contextFor) report.fired = await fireDueRoutines(system, contextFor);
  });
  // Agents may take their time to answer.
  const polls = attempt(async () => {
    if (work.polls && contextFor) report.polled = await pollRuns(system, contextFor);
  });
  await attempt(async () => {
    if (work.timers) await claimDue(system, report);
  });
  await attempt(async () => {
    if (work.leases) report.reaped = await inBatches(async () => (await reapRuns(system, batchSize)).length);
  });
  await attempt(async () => {
    if (work.stranded) report.recovered = await inBatches(() => recoverStranded(system, batchSize));
  });
  await attempt(async () => {
    // What the parts before queued is due as well, and so is what one that failed may have queued.
    const hasQueued = report.due + report.reaped + report.recovered + failures.length > 0;
    if (work.runs || hasQueued) report.queued = await enqueueWaiting(system, ports);
  });
  await attempt(async () => {
    if (work.questions && contextFor) report.expired = await expireInteractions(system, contextFor);
  });
  await attempt(async () => {
    if (work.approvals && contextFor) report.settled = await settleToolApprovals(system, contextFor);
  });
  await attempt(async () => {
    if (work.decisions && contextFor) report.decided = await settleApprovals(system, contextFor);
  });
  // An escalation of just now is told in the same minute.
  await attempt(async () => {
    if ((work.people || report.decided > 0) && contextFor) report.notified = await notifyAll(system, contextFor);
  });
  await attempt(async () => {
    if ((work.costs || report.reaped > 0) && contextFor) report.priced = await settleDeadRuns(system, contextFor);
  });
  await attempt(async () => {
    if (work.budgets && contextFor) report.lifted = await liftBudgetStops(system, contextFor);
  });
  await attempt(async () => {
    if (work.logs && contextFor) report.archived = await archiveLeftLogs(system, contextFor);
  });
  await attempt(async () => {
    if (work.objects && contextFor) report.swept = await sweepObjects(system, contextFor);
  });
  await attempt(async () => {
    if (work.webhooks && ports.eventWebhooks) report.told = await sweepEndpoints(system, ports.eventWebhooks);
  });
  await attempt(async () => {
    if (work.vault && ports.secrets) Object.assign(report, await tendVault(system, ports.secrets));
  });
  await Promise.all([routines, polls]);
  // Last, so that what this tick did is sealed as well.
  await attempt(async () => {
    if (work.seals && contextFor) report.sealed = await sealLogs(system, contextFor);
  });
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} parts of the tick failed`);
  return report;
}

async function claimDue(system: Connection, report: TickReport): Promise<void> {
  for (let claim = 0, waits = 0; claim < maxClaims; claim++) {
    const { due, spared, settled, remains } = await claimSchedules(system);
    report.due += due;
    report.spared += spared;
    if (!remains) return;
    if (due > 0 || settled > 0) continue;
    if (waits++ === maxWaits) return;
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}
