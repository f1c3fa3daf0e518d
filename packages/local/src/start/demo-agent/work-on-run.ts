import { type BoardroomClient, BoardroomError } from "@boardroom/contract";
import type { DemoAgent } from "../demo/script.ts";
import { clientOfRun } from "./client-of-run.ts";
import { foundCompany } from "./found-company.ts";
import type { DemoInvocation } from "./invocation.ts";
import { keepLease } from "./keep-lease.ts";
import { type DemoStep, openRunLog } from "./open-run-log.ts";
import { planWork } from "./plan-work.ts";
import { solveIssue } from "./solve-issue.ts";

/** Whom the demo agent is in a run. */
export interface DemoWorker {
  part: Pick<DemoAgent, "name" | "role" | "costCents">;
  secret: string;
}

/** One run as its agent sees it: the token is all that it has. */
export interface DemoRun {
  invocation: DemoInvocation;
  me: DemoWorker;
  api(): BoardroomClient;
  /** Ends every wait when the run is cancelled or the program stops. */
  signal: AbortSignal;
  /** Tells a step on the run's page. */
  tell(step: DemoStep): Promise<void>;
}

export interface StopSignals {
  /** The program stops. */
  leaving: AbortSignal;
  /** The board cancelled this run. */
  cancelled: AbortSignal;
}

const parts = { lead: planWork, founder: foundCompany, worker: solveIssue };

/** Works on a run from its webhook to its end: a lead plans, a founder proposes how to begin, the others solve an issue. */
export async function workOnRun(
  invocation: DemoInvocation,
  me: DemoWorker,
  { leaving, cancelled }: StopSignals,
): Promise<void> {
  const lease = keepLease(invocation, AbortSignal.any([leaving, cancelled]));
  const id = invocation.runId;
  const api = () => clientOfRun(invocation.apiUrl, lease.token());
  const log = openRunLog(api, id);
  const run: DemoRun = { invocation, me, signal: lease.signal, api, tell: (step) => log.write(step) };
  try {
    const summary = await parts[me.part.role](run);
    await run.tell({ type: "result", text: summary });
    await run.api().call("runs.complete", { params: { id }, body: { status: "succeeded", summary } });
  } catch (error) {
    if (leaving.aborted) return;
    const wasCancelled = lease.signal.aborted;
    const reason = error instanceof Error ? error.message : String(error);
    const body = wasCancelled
      ? ({ status: "cancelled", summary: "Stopped when the board said so. (demo)" } as const)
      : ({ status: "failed", error: reason } as const);
    await run.api().call("runs.complete", { params: { id }, body }).catch(ignoreLostLease);
  } finally {
    lease.stop();
  }
}

/** Somebody else ended the run meanwhile; there is nothing left to report. */
function ignoreLostLease(error: unknown): void {
  if (!(error instanceof BoardroomError) || error.status >= 500) throw error;
}
