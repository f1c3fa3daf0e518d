import type { Issue } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { type Job, openWorkshop, type Workshop } from "../../test/open-workshop.ts";
import { claimRun } from "../heartbeat/claim-run.ts";
import { completeRun } from "../heartbeat/index.ts";
import { queueWake } from "../heartbeat/queue-wake.ts";
import { reapRuns } from "../heartbeat/reap-runs.ts";
import { acceptInteraction, createInteraction } from "../interactions/index.ts";
import { addComment, createChildIssue, listIssueActivity, updateIssue } from "../issues/index.ts";
import { getExecutionWorkspace, updateExecutionWorkspace } from "./index.ts";

const db = useDomainDatabase();

/** An issue in work on its worktree, and one of another agent that waits for it. */
async function openBarrier() {
  const shop = await openWorkshop(db);
  const [bob, first] = [await shop.hire("Bob"), await shop.issue("Base")];
  const next = await shop.issue("On top", { assigneeAgentId: bob.id, blockedByIssueIds: [first.id] });
  const job = await shop.start(first);
  await job.report("prepare");
  return { shop, bob, first, next, job };
}
const close = async (job: Job, { id }: Issue) => {
  await updateIssue(job.ctx, { id, status: "in_progress" });
  return updateIssue(job.ctx, { id, status: "done" });
};
const succeed = (job: Job) => completeRun(job.ctx, { id: job.run.id, status: "succeeded" });
const expireLease = (job: Job) =>
  db.owner.query(
    "update heartbeat_runs set lease_expires_at = now() - interval '1 second', acknowledged_at = now() where id = $1",
    [job.run.id],
  );
const statusOf = async (shop: Workshop, id: string) => (await getExecutionWorkspace(shop.board, { id })).status;
const dispatchedIds = (shop: Workshop) => shop.tenant.ports.dispatched.map(({ runId }) => runId);

describe("until a workspace is finalized", () => {
  it("what its issue blocked waits, and goes at once when it is", async () => {
    const { shop, first, next, job } = await openBarrier();
    await close(job, first);
    const { id } = await shop.queued(next);
    expect((await shop.claim(next))?.verdict).toBe("workspace_finalizing");
    expect(await shop.queued(next)).toMatchObject({ waitReason: "workspace_finalizing" });
    shop.tenant.ports.dispatched.length = 0;
    await job.report("finalize", "running");
    expect((await shop.queued(next)).availableIn).toBeGreaterThan(60);
    await job.report("finalize");
    expect(dispatchedIds(shop)).toEqual([id]);
    expect((await succeed(job)).status).toBe("succeeded");
    expect((await shop.start(next)).run.id).toBe(id);
  });

  it("the parent that its children woke waits", async () => {
    const shop = await openWorkshop(db);
    const boss = await shop.hire("Boss");
    const parent = await shop.issue("Parent", { assigneeAgentId: boss.id });
    const idle = await shop.start(parent);
    await addComment(idle.ctx, { id: parent.id, body: "I split this up" });
    await idle.report("finalize");
    await succeed(idle);
    const child = await createChildIssue(shop.board, { id: parent.id, title: "Child", assigneeAgentId: shop.agent.id });
    const job = await shop.start(child);
    await close(job, child);
    expect((await shop.claim(parent))?.verdict).toBe("workspace_finalizing");
    await job.report("finalize");
    expect((await shop.claim(parent))?.verdict).toBe("claimed");
  });

  it("the board may still run what waits by hand", async () => {
    const { shop, bob, first, next, job } = await openBarrier();
    await close(job, first);
    expect((await shop.claim(next))?.verdict).toBe("workspace_finalizing");
    const request = { triggerDetail: null, reason: "run_now", payload: null, source: "on_demand" } as const;
    await queueWake(shop.board, { ...request, agentId: bob.id, issueId: next.id });
    expect((await shop.claim(next))?.verdict).toBe("claimed");
  });

  it("nobody can say yes to what was asked on the issue", async () => {
    const { shop, first, job } = await openBarrier();
    const asked = await createInteraction(job.ctx, {
      id: first.id,
      kind: "request_confirmation",
      payload: { version: 1, prompt: "Ship it?" },
    });
    const answer = { id: first.id, iid: asked.id };
    await expect(acceptInteraction(shop.board, answer)).rejects.toMatchObject({
      code: "conflict",
      details: { reason: "workspace_finalizing" },
    });
    await job.report("finalize");
    expect(await acceptInteraction(shop.board, answer)).toMatchObject({
      status: "accepted",
      resolvedByUserId: shop.board.actor.id,
    });
  });
});

describe("a run in a workspace", () => {
  it("doesn't succeed before its work is safe", async () => {
    const { job } = await openBarrier();
    await expect(succeed(job)).rejects.toMatchObject({ code: "conflict" });
    await job.report("finalize", "running");
    await expect(succeed(job)).rejects.toMatchObject({ code: "conflict" });
    await job.report("finalize");
    expect(await succeed(job)).toMatchObject({ status: "succeeded", errorCode: null });
  });

  it("fails loudly with its finalize, on the issue too, and what waits goes on waiting", async () => {
    const { shop, first, next, job } = await openBarrier();
    await close(job, first);
    await job.report("finalize", "failed", { message: "disk full" });
    expect(await succeed(job)).toMatchObject({ status: "failed", errorCode: "workspace_finalize_failed" });
    expect(await getExecutionWorkspace(shop.board, { id: job.workspaceId })).toMatchObject({
      status: "failed",
      error: "disk full",
    });
    const { items } = await listIssueActivity(shop.board, { id: first.id, limit: 50 });
    expect(items.find(({ action }) => action === "issue.workspace_finalize_failed")?.details).toMatchObject({
      message: "disk full",
    });
    expect((await shop.claim(next))?.verdict).toBe("workspace_finalizing");
  });

  it("may fail without a finalize; its workspace then counts as failed", async () => {
    const { shop, job } = await openBarrier();
    await completeRun(job.ctx, { id: job.run.id, status: "failed", error: "no such program" });
    expect(await statusOf(shop, job.workspaceId)).toBe("failed");
  });
});

describe("when a finalize failed, the board", () => {
  it("overrides it with a note, and what waited goes", async () => {
    const { shop, first, next, job } = await openBarrier();
    await close(job, first);
    await job.report("finalize", "failed");
    await expect(
      updateExecutionWorkspace(shop.board, { id: job.workspaceId, status: "finalized", note: "Looked" }),
    ).rejects.toMatchObject({
      code: "conflict",
    });
    await succeed(job);
    await shop.claim(next);
    const { id } = await shop.queued(next);
    shop.tenant.ports.dispatched.length = 0;
    const settled = await updateExecutionWorkspace(shop.board, {
      id: job.workspaceId,
      status: "finalized",
      note: "The branch is whole",
    });
    expect(settled).toMatchObject({ status: "finalized", error: null, agentName: "Ada" });
    expect(dispatchedIds(shop)).toEqual([id]);
    expect((await shop.claim(next))?.verdict).toBe("claimed");
    const { items } = await listIssueActivity(shop.board, { id: first.id, limit: 5 });
    expect(items[0]).toMatchObject({
      action: "issue.workspace_finalize_overridden",
      details: { note: "The branch is whole" },
    });
  });

  it("has its agent run again for it, though the issue is closed", async () => {
    const { shop, first, job } = await openBarrier();
    await close(job, first);
    await job.report("finalize", "failed");
    await succeed(job);
    await updateExecutionWorkspace(shop.board, { id: job.workspaceId, status: "finalizing", note: "Try again" });
    const again = await shop.start(first);
    expect(again.workspaceId).toBe(job.workspaceId);
    await again.report("finalize");
    expect(await statusOf(shop, job.workspaceId)).toBe("finalized");
  });
});

describe("a run that died in its workspace", () => {
  it("leaves it failed for those that wait, until its retry finalizes it, though the issue is closed", async () => {
    const { shop, first, next, job } = await openBarrier();
    await close(job, first);
    await expireLease(job);
    await reapRuns(db.database.system("test"), 100);
    expect(await statusOf(shop, job.workspaceId)).toBe("failed");
    expect((await shop.claim(next))?.verdict).toBe("workspace_finalizing");
    await expect(job.report("finalize")).rejects.toMatchObject({ code: "lease_lost" });
    await db.owner.query("update heartbeat_runs set available_at = now() where issue_id = $1 and status = 'queued'", [
      first.id,
    ]);
    const retry = await shop.start(first);
    expect([retry.workspaceId, await statusOf(shop, job.workspaceId)]).toEqual([job.workspaceId, "preparing"]);
    await retry.report("finalize");
    expect((await shop.claim(next))?.verdict).toBe("claimed");
  });
});

describe("a finalize and the claim of what waits for it, at once", () => {
  it("never leave it waiting for a workspace that is finalized", { timeout: 120_000 }, async () => {
    for (let round = 0; round < 25; round++) {
      const { shop, first, next, job } = await openBarrier();
      await close(job, first);
      const { id } = await shop.queued(next);
      const claims = [claimRun(shop.board, id, shop.runnerId), claimRun(shop.board, id, shop.runnerId)];
      const [one, two] = await Promise.all([...claims, job.report("finalize")]);
      const verdicts = [one, two].map((claimed) => (claimed && "verdict" in claimed ? claimed.verdict : null));
      if (verdicts.includes("claimed")) continue;
      const after = await shop.queued(next);
      expect([verdicts, after.availableIn <= 0, dispatchedIds(shop).includes(id)]).toEqual([verdicts, true, true]);
    }
  });
});
