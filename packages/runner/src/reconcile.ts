import type { OfferedAdapter } from "@boardroom/contract";
import { messageOf } from "./api/judge-error.ts";
import type { AccessToken } from "./credentials/access-token.ts";
import { asRunner } from "./credentials/as-runner.ts";
import type { RunnerParts } from "./runner-parts.ts";
import type { ActiveRun } from "./runs/active-run.ts";
import type { Recovered } from "./runs/recover-runs.ts";
import { describeHost } from "./version.ts";
import { oneAtATime } from "./workspaces/one-at-a-time.ts";
import { removeWorktree } from "./workspaces/remove-worktree.ts";

export interface RunnerState {
  offered: readonly OfferedAdapter[];
  slots: number;
  draining: boolean;
  active: ReadonlyMap<string, ActiveRun>;
  /** Of a crash before; null once the server knows of it. */
  recovered: Recovered | null;
}

/** Tells the server what this machine is and does, and does what it says to that. */
export async function reconcile(parts: RunnerParts, access: AccessToken, state: RunnerState): Promise<void> {
  const { recovered, active } = state;
  const runs = [...active.values()].map(({ job }) => ({ runId: job.run.id, fence: job.run.fence }));
  const reporting = recovered?.reporting.map(({ runId, fence }) => ({ runId, fence })) ?? [];
  const answer = await asRunner(access, (token) =>
    parts.api.call(
      "runners.heartbeat",
      {
        body: {
          host: describeHost(),
          adapters: [...state.offered],
          slots: state.slots,
          draining: state.draining,
          runs: [...runs, ...reporting],
          interrupted: recovered?.interrupted ?? [],
        },
      },
      { token },
    ),
  );
  recovered?.forgetInterrupted();
  for (const { runId, action } of answer.runs) {
    const run = active.get(runId);
    if (action === "cancel") run?.stop("cancel");
    // The renewal finds out for itself, and by the fence.
    else if (action === "superseded") run?.lease.renewNow();
  }
  for (const order of answer.cleanup) {
    // A run that was claimed since then has it, or waits here until it is gone and makes it anew.
    const isTaken = () => [...active.values()].some(({ job }) => job.workspace?.executionWorkspaceId === idOf(order));
    await oneAtATime(idOf(order), async () => {
      if (!isTaken()) await cleanUp(parts, access, order);
    });
  }
}

const idOf = ({ executionWorkspaceId }: { executionWorkspaceId: string }) => executionWorkspaceId;

async function cleanUp(
  parts: RunnerParts,
  access: AccessToken,
  order: { executionWorkspaceId: string },
): Promise<void> {
  const { policy } = parts.machine;
  const removal = await removeWorktree(order, { policy, workFolder: parts.home.work });
  const call = {
    params: { id: order.executionWorkspaceId },
    body: { kind: "cleanup", status: removal.status, message: removal.message },
  } as const;
  try {
    await asRunner(access, (token) => parts.api.call("executionWorkspaces.report", call, { token }));
  } catch (error) {
    parts.say(`That a worktree was removed could not be told: ${messageOf(error)}`);
  }
}
