import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { type Job, openWorkshop } from "../../test/open-workshop.ts";
import { cancelRun } from "../heartbeat/cancel-run.ts";
import { reapRuns } from "../heartbeat/reap-runs.ts";
import { renewRun } from "../heartbeat/renew-run.ts";
import { addComment, updateIssue } from "../issues/index.ts";
import { getExecutionWorkspace } from "./index.ts";

const db = useDomainDatabase();

/** The answer of a claim got lost on its way: nobody renews, and the lease ends. */
async function lose({ run }: Job): Promise<void> {
  await db.owner.query("update heartbeat_runs set lease_expires_at = now() - interval '1 second' where id = $1", [
    run.id,
  ]);
  await reapRuns(db.database.system("test"), 100);
}

describe("a claim of which its machine never heard", () => {
  it("leaves no workspace that holds up others, when the run is done on another machine", async () => {
    const shop = await openWorkshop(db);
    const [bob, other, first] = [await shop.hire("Bob"), await shop.addRunner("Desktop"), await shop.issue("Base")];
    const next = await shop.issue("On top", { assigneeAgentId: bob.id, blockedByIssueIds: [first.id] });
    const unheard = await shop.start(first);
    await lose(unheard);
    const job = await shop.start(first, other);
    expect(job.run.id).toBe(unheard.run.id);
    expect(job.workspaceId).not.toBe(unheard.workspaceId);
    await job.report("prepare");
    await updateIssue(job.ctx, { id: first.id, status: "in_progress" });
    await updateIssue(job.ctx, { id: first.id, status: "done" });
    expect((await shop.claim(next))?.verdict).toBe("workspace_finalizing");
    await job.report("finalize");
    expect((await shop.claim(next))?.verdict).toBe("claimed");
    expect(await getExecutionWorkspace(shop.board, { id: unheard.workspaceId })).toMatchObject({
      status: "removed",
      error: null,
    });
  });

  it("leaves a workspace as finalized as it was", async () => {
    const shop = await openWorkshop(db);
    const [bob, first] = [await shop.hire("Bob"), await shop.issue("Base")];
    const next = await shop.issue("On top", { assigneeAgentId: bob.id, blockedByIssueIds: [first.id] });
    const job = await shop.start(first);
    await job.report("prepare");
    await job.report("finalize");
    await updateIssue(job.ctx, { id: first.id, status: "in_progress" });
    await updateIssue(job.ctx, { id: first.id, status: "done" });
    await db.owner.query("update heartbeat_runs set status = 'succeeded', lease_expires_at = null where id = $1", [
      job.run.id,
    ]);
    await addComment(shop.board, { id: first.id, body: "One more thing" });
    const unheard = await shop.start(first);
    expect(unheard.workspaceId).toBe(job.workspaceId);
    await lose(unheard);
    await cancelRun(shop.board, { id: unheard.run.id });
    expect(await getExecutionWorkspace(shop.board, { id: job.workspaceId })).toMatchObject({ status: "finalized" });
    expect((await shop.claim(next))?.verdict).toBe("claimed");
  });

  it("is another matter than one that began: its workspace holds up others, whatever was told of it", async () => {
    const shop = await openWorkshop(db);
    const [bob, first] = [await shop.hire("Bob"), await shop.issue("Base")];
    const next = await shop.issue("On top", { assigneeAgentId: bob.id, blockedByIssueIds: [first.id] });
    const job = await shop.start(first);
    await renewRun(job.ctx, { id: job.run.id });
    await lose(job);
    await updateIssue(shop.board, { id: first.id, status: "in_progress" });
    await updateIssue(shop.board, { id: first.id, status: "done" });
    expect((await shop.claim(next))?.verdict).toBe("workspace_finalizing");
    expect(await getExecutionWorkspace(shop.board, { id: job.workspaceId })).toMatchObject({ status: "failed" });
  });
});
