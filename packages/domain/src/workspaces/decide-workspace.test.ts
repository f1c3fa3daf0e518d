import { jobWorkspace } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { openWorkshop } from "../../test/open-workshop.ts";
import { claimRun } from "../heartbeat/claim-run.ts";
import { completeRun } from "../heartbeat/index.ts";
import { addComment, listIssueActivity, updateIssue } from "../issues/index.ts";
import { getExecutionWorkspace, listExecutionWorkspaces } from "./index.ts";

const db = useDomainDatabase();

const historyOf = async (workshop: Awaited<ReturnType<typeof openWorkshop>>, id: string) =>
  (await listIssueActivity(workshop.board, { id, limit: 50 })).items
    .filter(({ action }) => action.startsWith("issue.workspace"))
    .map(({ action, details }) => ({ action, why: details?.why ?? null }));

describe("the place of a claimed run", () => {
  it("is a worktree on a branch named after the issue, told with the job, in the claim's one request", async () => {
    const shop = await openWorkshop(db);
    const issue = await shop.issue("Fix the login — now!");
    const { id } = await shop.queued(issue);
    let run = null as Awaited<ReturnType<typeof shop.claim>>;
    expect(
      await db.countRequests(async () => {
        run = await claimRun(shop.board, id, shop.runnerId);
      }),
    ).toBe(1);
    const place = jobWorkspace.parse(run?.workspace);
    expect(place).toMatchObject({
      mode: "worktree",
      kind: "repository",
      path: "/home/ada/site",
      baseRef: "main",
      branch: `boardroom/${issue.identifier}-fix-the-login-now`,
      cwd: null,
    });
    expect(await getExecutionWorkspace(shop.board, { id: place.executionWorkspaceId })).toMatchObject({
      status: "preparing",
      issueIdentifier: issue.identifier,
      agentName: "Ada",
      runnerName: "Laptop",
    });
    expect(await historyOf(shop, issue.id)).toEqual([{ action: "issue.workspace_created", why: null }]);
  });

  it("is none without an issue, without a project, and for a project without a workspace", async () => {
    const shop = await openWorkshop(db);
    const issue = await shop.issue("Loose", { projectId: null });
    expect((await shop.claim(issue))?.workspace).toBeNull();
    await db.owner.query("update project_workspaces set is_primary = false where company_id = $1", [
      shop.tenant.companyId,
    ]);
    expect((await shop.claim(await shop.issue("Homeless")))?.workspace).toBeNull();
  });

  it("stays the same for the same agent on the same machine, with the folder where it worked", async () => {
    const shop = await openWorkshop(db);
    const issue = await shop.issue();
    const first = await shop.start(issue);
    await first.report("prepare", "succeeded", { cwd: "/home/ada/.boardroom/w1" });
    await first.report("finalize");
    await completeRun(first.ctx, { id: first.run.id, status: "succeeded" });
    await addComment(shop.board, { id: issue.id, body: "One more thing" });
    const second = await shop.start(issue);
    expect(second.run.workspace).toMatchObject({
      executionWorkspaceId: first.workspaceId,
      branch: first.run.workspace?.branch,
      cwd: "/home/ada/.boardroom/w1",
    });
    expect(await historyOf(shop, issue.id)).toHaveLength(3);
    // What is safe stays so until the machine begins.
    const status = async () => (await getExecutionWorkspace(shop.board, { id: first.workspaceId })).status;
    expect(await status()).toBe("finalized");
    await second.report("prepare", "running");
    expect(await status()).toBe("preparing");
  });

  it("is another one for another assignee, on a branch of its own, and the history says so", async () => {
    const shop = await openWorkshop(db);
    const issue = await shop.issue();
    const first = await shop.start(issue);
    await first.report("finalize");
    await completeRun(first.ctx, { id: first.run.id, status: "succeeded" });
    const bob = await shop.hire("Bob");
    await updateIssue(shop.board, { id: issue.id, assigneeAgentId: bob.id });
    const second = await shop.start(issue);
    expect(second.workspaceId).not.toBe(first.workspaceId);
    expect(second.run.workspace?.branch).toBe(`${first.run.workspace?.branch}-2`);
    expect(await historyOf(shop, issue.id)).toContainEqual({
      action: "issue.workspace_created",
      why: "other_assignee",
    });
  });

  it("is another one on another machine", async () => {
    const shop = await openWorkshop(db);
    const issue = await shop.issue();
    const first = await shop.start(issue);
    await first.report("finalize");
    await completeRun(first.ctx, { id: first.run.id, status: "succeeded" });
    await addComment(shop.board, { id: issue.id, body: "Again" });
    const second = await shop.start(issue, await shop.addRunner("Tower"));
    expect(second.workspaceId).not.toBe(first.workspaceId);
    expect(await historyOf(shop, issue.id)).toContainEqual({ action: "issue.workspace_created", why: "other_runner" });
  });

  it("is what the issue says: another's workspace is handed over in the open, on the machine that has it", async () => {
    const shop = await openWorkshop(db);
    const issue = await shop.issue();
    const first = await shop.start(issue);
    await first.report("finalize");
    await completeRun(first.ctx, { id: first.run.id, status: "succeeded" });
    const bob = await shop.hire("Bob");
    const settings = { executionWorkspaceId: first.workspaceId };
    await updateIssue(shop.board, { id: issue.id, assigneeAgentId: bob.id, executionWorkspaceSettings: settings });
    expect((await shop.claim(issue, await shop.addRunner("Tower")))?.verdict).toBe("runner");
    const second = await shop.start(issue);
    expect(second.workspaceId).toBe(first.workspaceId);
    expect(await historyOf(shop, issue.id)).toContainEqual({ action: "issue.workspace_handed_over", why: null });
  });

  it("takes the mode and the branch that the issue names", async () => {
    const shop = await openWorkshop(db);
    const named = await shop.issue("Named", { executionWorkspaceSettings: { branch: "release/7" } });
    expect((await shop.start(named)).run.workspace).toMatchObject({ mode: "worktree", branch: "release/7" });
    const shared = await shop.issue("Shared", {
      assigneeAgentId: (await shop.hire("Cleo")).id,
      executionWorkspaceSettings: { mode: "shared" },
    });
    expect((await shop.start(shared)).run.workspace).toMatchObject({ mode: "shared", branch: null });
  });

  it("refuses settings that name a workspace of another company", async () => {
    const [mine, theirs] = [await openWorkshop(db), await openWorkshop(db)];
    const job = await theirs.start(await theirs.issue());
    const settings = { executionWorkspaceId: job.workspaceId };
    await expect(mine.issue("Stolen", { executionWorkspaceSettings: settings })).rejects.toMatchObject({
      code: "invalid_reference",
    });
    const issue = await mine.issue();
    await expect(updateIssue(mine.board, { id: issue.id, executionWorkspaceSettings: settings })).rejects.toMatchObject(
      {
        code: "invalid_reference",
      },
    );
  });

  it("is of its own for each of many agents that are woken about one issue at once", async () => {
    const shop = await openWorkshop(db);
    const issue = await shop.issue("Crowded");
    const crowd = await Promise.all(["Bob", "Cleo", "Dora", "Eve", "Finn"].map(shop.hire));
    await addComment(shop.board, { id: issue.id, body: crowd.map(({ name }) => `@${name.toLowerCase()}`).join(" ") });
    const { rows } = await db.owner.query("select id from heartbeat_runs where issue_id = $1 and status = 'queued'", [
      issue.id,
    ]);
    expect(rows).toHaveLength(6);
    const claims = await Promise.all(rows.map(({ id }) => claimRun(shop.board, id, shop.runnerId)));
    const branches = claims.map((claimed) => claimed?.workspace?.branch);
    expect(new Set(branches).size).toBe(6);
    expect(branches.every((branch) => branch?.startsWith(`boardroom/${issue.identifier}-crowded`))).toBe(true);
    const { items } = await listExecutionWorkspaces(shop.board, { limit: 50, issueId: issue.id });
    expect(items).toHaveLength(6);
  });
});
