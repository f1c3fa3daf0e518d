import { beforeAll, describe, expect, it } from "vitest";
import { auditKernel } from "../../test/audit-kernel.ts";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, type TestAgent } from "../../test/working-agents.ts";
import { systemActor } from "../context.ts";
import { claimRun } from "../heartbeat/claim-run.ts";
import { completeRun } from "../heartbeat/complete-run.ts";
import { renewRun } from "../heartbeat/renew-run.ts";
import { checkoutIssue, createChildIssue, createIssue, getIssue, updateIssue } from "../issues/index.ts";
import { holdIssue, listHolds, previewHold, releaseHold } from "./index.ts";

const db = useDomainDatabase();
let tenant: Tenant;
let board: TestCtx;
let system: TestCtx;

beforeAll(async () => {
  tenant = await db.newTenant();
  board = tenant.board;
  system = { ...board, actor: systemActor };
});

/** A tree of three: an issue, one below it with its agent and queued run, and one below that. */
async function openTree(agent?: TestAgent) {
  const worker = agent ?? (await addAgent(db.owner, tenant.companyId));
  const root = await createIssue(board, { title: "Root" });
  const child = await createChildIssue(board, { id: root.id, title: "Child", assigneeAgentId: worker.id });
  const leaf = await createChildIssue(board, { id: child.id, title: "Leaf" });
  return { worker, root, child, leaf };
}
const runOf = async (issueId: string) => {
  const { rows } = await db.owner.query(
    `select id, status, wait_reason, available_at > now() as waits, cancel_reason, error_code from heartbeat_runs
     where issue_id = $1 order by id desc limit 1`,
    [issueId],
  );
  return rows[0];
};
async function startOn(worker: TestAgent, issueId: string) {
  const { id } = await runOf(issueId);
  await db.owner.query("update heartbeat_runs set available_at = now() where id = $1", [id]);
  const claimed = await claimRun(system, id);
  if (claimed?.verdict !== "claimed") throw new Error(`The claim said ${claimed?.verdict}`);
  const ctx = tenant.asRun(worker, { id, fence: Number(claimed.fence) });
  await checkoutIssue(ctx, { id: issueId, agentId: worker.id, expectedStatuses: ["todo"] });
  return { ctx, id };
}
const statusOf = async (id: string) => (await getIssue(board, { id })).status;

describe("a paused subtree", () => {
  it("starts nothing: queued runs wait with the reason, checkouts and starts are refused, also of what is made and moved there", async () => {
    const { worker, root, child, leaf } = await openTree();
    expect(await previewHold(board, { id: root.identifier })).toEqual({
      issueId: root.id,
      issueCount: 3,
      openCount: 3,
      runningCount: 0,
      queuedCount: 1,
    });
    const hold = await holdIssue(board, { id: root.id, mode: "pause", reason: "Budget talk" });
    expect(hold).toMatchObject({ mode: "pause", status: "active", runCount: 0, reason: "Budget talk" });
    await expect(holdIssue(board, { id: root.id, mode: "pause" })).rejects.toMatchObject({ code: "already_exists" });
    expect(await runOf(child.id)).toMatchObject({ status: "queued", wait_reason: "subtree_held", waits: true });
    const asWorker = tenant.asAgent(worker);
    const checkout = (id: string) =>
      checkoutIssue(asWorker, { id, agentId: worker.id, expectedStatuses: ["todo", "backlog"] });
    const made = await createChildIssue(board, { id: leaf.id, title: "New", assigneeAgentId: worker.id });
    const moved = await createIssue(board, { title: "Moved", assigneeAgentId: worker.id });
    await updateIssue(board, { id: moved.id, parentId: leaf.id });
    for (const { id } of [child, leaf, made, moved])
      await expect(checkout(id)).rejects.toMatchObject({ code: "on_hold", status: 422 });
    await expect(updateIssue(asWorker, { id: child.id, status: "in_progress" })).rejects.toMatchObject({
      code: "on_hold",
    });
    for (const { id } of [made, moved]) {
      const queued = await runOf(id);
      expect((await claimRun(system, queued.id))?.verdict).toBe("subtree_held");
    }
    expect((await getIssue(board, { id: made.id })).holds).toMatchObject([
      { id: hold.id, identifier: root.identifier, reason: "Budget talk" },
    ]);
    const elsewhere = await createIssue(board, { title: "Elsewhere" });
    expect(await checkout(elsewhere.id)).toMatchObject({ status: "in_progress" });
  });

  it("stops who works there, and lets all of it go on once it is released", async () => {
    const { worker, root, child, leaf } = await openTree();
    const job = await startOn(worker, child.id);
    const waiting = await addAgent(db.owner, tenant.companyId);
    await updateIssue(board, { id: leaf.id, assigneeAgentId: waiting.id });
    const hold = await holdIssue(board, { id: root.id, mode: "pause" });
    expect(hold.runCount).toBe(1);
    expect(await renewRun(job.ctx, { id: job.id })).toMatchObject({ action: "cancel", reason: "subtree_held" });
    await completeRun(job.ctx, { id: job.id, status: "cancelled" });
    tenant.ports.dispatched.length = 0;
    const released = await releaseHold(board, { id: root.id, hid: hold.id, note: "Go on" });
    expect(released).toMatchObject({ status: "released", releaseNote: "Go on" });
    await expect(releaseHold(board, { id: root.id, hid: hold.id })).rejects.toMatchObject({ code: "stale_state" });
    expect(tenant.ports.dispatched.map(({ runId }) => runId).toSorted()).toEqual(
      [(await runOf(child.id)).id, (await runOf(leaf.id)).id].toSorted(),
    );
    expect((await claimRun(system, (await runOf(leaf.id)).id))?.verdict).toBe("claimed");
    expect((await claimRun(system, (await runOf(child.id)).id))?.verdict).toBe("claimed");
    const { items } = await listHolds(board, { id: root.id, limit: 5 });
    expect(items).toHaveLength(1);
  });

  it("stays paused below while a second hold stands there", async () => {
    const { worker, root, child } = await openTree();
    const [upper, lower] = [
      await holdIssue(board, { id: root.id, mode: "pause" }),
      await holdIssue(board, { id: child.id, mode: "pause" }),
    ];
    await releaseHold(board, { id: root.id, hid: upper.id });
    expect((await claimRun(system, (await runOf(child.id)).id))?.verdict).toBe("subtree_held");
    await releaseHold(board, { id: child.id, hid: lower.id });
    await startOn(worker, child.id);
  });

  it("is paused whoever claims or checks out at the same moment", { timeout: 120_000 }, async () => {
    for (let round = 0; round < 10; round++) {
      const { worker, root, child } = await openTree();
      const { id } = await runOf(child.id);
      const asWorker = tenant.asAgent(worker);
      const [hold, claimed, taken] = await Promise.allSettled([
        holdIssue(board, { id: root.id, mode: "pause" }),
        claimRun(system, id),
        checkoutIssue(asWorker, { id: child.id, agentId: worker.id, expectedStatuses: ["todo"] }),
      ]);
      expect(hold.status).toBe("fulfilled");
      if (taken.status === "rejected") expect(taken.reason).toMatchObject({ status: expect.any(Number) });
      const run = await runOf(child.id);
      const isClaimed = claimed.status === "fulfilled" && claimed.value?.verdict === "claimed";
      expect(run).toMatchObject(
        isClaimed
          ? { status: "running", cancel_reason: "subtree_held" }
          : { status: "queued", wait_reason: "subtree_held" },
      );
    }
  });
});

describe("a cancelled subtree", () => {
  it("ends what is open with its runs, wakes who waits above, and comes back as it was", async () => {
    const parentAgent = await addAgent(db.owner, tenant.companyId);
    const top = await createIssue(board, { title: "Top", assigneeAgentId: parentAgent.id });
    const { worker, root, child, leaf } = await openTree();
    await updateIssue(board, { id: root.id, parentId: top.id });
    const finished = await createChildIssue(board, { id: root.id, title: "Finished", status: "done" });
    const later = await createChildIssue(board, { id: root.id, title: "Later", status: "backlog" });
    const queued = await createChildIssue(board, { id: leaf.id, title: "Queued", assigneeAgentId: worker.id });
    const job = await startOn(worker, child.id);
    tenant.ports.dispatched.length = 0;
    const hold = await holdIssue(board, { id: root.id, mode: "cancel", reason: "Wrong way" });
    expect(hold).toMatchObject({ mode: "cancel", issueCount: 5 });
    for (const { id } of [root, child, leaf, later, queued]) expect(await statusOf(id)).toBe("cancelled");
    expect(await statusOf(finished.id)).toBe("done");
    expect(await statusOf(top.id)).toBe("todo");
    expect(await runOf(queued.id)).toMatchObject({ status: "cancelled", error_code: "subtree_cancelled" });
    expect(await renewRun(job.ctx, { id: job.id })).toMatchObject({ action: "cancel" });
    await completeRun(job.ctx, { id: job.id, status: "cancelled" });
    const { rows } = await db.owner.query("select payload from wakes where agent_id = $1 and issue_id = $2", [
      parentAgent.id,
      top.id,
    ]);
    expect(rows).toMatchObject([{ payload: { childCount: 1 } }]);
    await updateIssue(board, { id: leaf.id, status: "todo" });
    await updateIssue(board, { id: leaf.id, title: "Changed since" });
    await releaseHold(board, { id: root.id, hid: hold.id });
    expect(await Promise.all([root, child, leaf, finished, later, queued].map(({ id }) => statusOf(id)))).toEqual([
      "todo",
      "todo",
      "todo",
      "done",
      "backlog",
      "todo",
    ]);
    expect(await runOf(child.id)).toMatchObject({ status: "queued" });
    expect(await auditKernel(db.owner, { companyIds: [tenant.companyId] })).toEqual([]);
  });
});

it("another company's issue can be neither held nor released", async () => {
  const { root } = await openTree();
  const hold = await holdIssue(board, { id: root.id, mode: "pause" });
  const other = await db.newTenant();
  await expect(holdIssue(other.board, { id: root.id, mode: "pause" })).rejects.toMatchObject({ code: "not_found" });
  await expect(releaseHold(other.board, { id: root.id, hid: hold.id })).rejects.toMatchObject({ code: "not_found" });
  const sibling = await openTree();
  await expect(releaseHold(board, { id: sibling.root.id, hid: hold.id })).rejects.toMatchObject({ code: "not_found" });
});
