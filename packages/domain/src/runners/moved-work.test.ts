import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { asSystem } from "../../test/heartbeat-steps.ts";
import { openWorkshop } from "../../test/open-workshop.ts";
import { claimRun } from "../heartbeat/claim-run.ts";
import { deliverRun } from "../heartbeat/deliver-run.ts";
import { reapRuns } from "../heartbeat/reap-runs.ts";
import { updateIssue } from "../issues/index.ts";
import { updateProjectWorkspace } from "../workspaces/index.ts";

const db = useDomainDatabase();

/** A task that waits for the one machine that has its project's folder, which is busy; another one is idle. */
async function waitingTask() {
  const shop = await openWorkshop(db);
  const idle = await shop.addRunner("Idle");
  await updateProjectWorkspace(shop.board, { id: shop.projectWorkspaceId, runnerId: shop.runnerId });
  const issue = await shop.issue();
  const { id: runId } = await shop.queued(issue);
  const { ports } = shop.tenant.board;
  const deliver = async () => {
    expect(await deliverRun(asSystem(shop.tenant), runId)).toBe("runner");
    return ports.runnerHub.told.at(-1)?.runnerIds;
  };
  expect(await deliver()).toEqual([shop.runnerId]);
  ports.dispatched.length = 0;
  return { shop, idle, issue, runId, deliver, dispatched: () => ports.dispatched.map((run) => run.runId) };
}

describe("a task that waits for a machine", () => {
  it("is told to another once its project's folder is there", async () => {
    const { shop, idle, runId, deliver, dispatched } = await waitingTask();
    await updateProjectWorkspace(shop.board, { id: shop.projectWorkspaceId, runnerId: idle });
    expect(dispatched()).toEqual([runId]);
    expect(await deliver()).toEqual([idle]);
  });

  it("is told to another once it belongs to no project any more", async () => {
    const { shop, idle, issue, runId, deliver, dispatched } = await waitingTask();
    await updateIssue(shop.board, { id: issue.id, title: "Same place" });
    expect(dispatched()).toEqual([]);
    await updateIssue(shop.board, { id: issue.id, projectId: null });
    expect(dispatched()).toEqual([runId]);
    expect(await deliver()).toEqual(expect.arrayContaining([shop.runnerId, idle]));
  });
});

it("a task that was closed before its machine heard of it isn't begun", async () => {
  const { shop, issue, runId } = await waitingTask();
  await shop.start(issue);
  await db.owner.query("update heartbeat_runs set lease_expires_at = now() - interval '1 second' where id = $1", [
    runId,
  ]);
  await reapRuns(db.database.system("test"), 100);
  await updateIssue(shop.board, { id: issue.id, status: "cancelled" });
  expect((await claimRun(asSystem(shop.tenant), runId, shop.runnerId))?.verdict).toBe("issue_closed");
});
