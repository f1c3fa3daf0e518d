import { executionWorkspace, projectWorkspace, workspaceOperation } from "@boardroom/contract";
import { sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { type Job, openWorkshop } from "../../test/open-workshop.ts";
import { completeRun } from "../heartbeat/index.ts";
import { addComment, updateIssue } from "../issues/index.ts";
import { listWorkProducts } from "../work-products/index.ts";
import { cleanupsOf } from "./cleanups.ts";
import * as workspaces from "./index.ts";

const db = useDomainDatabase();

describe("a project's workspaces", () => {
  it("have exactly one primary: the first, then whichever is made it", async () => {
    const { board, projectId: id, projectWorkspaceId } = await openWorkshop(db);
    const primaries = async () =>
      (await workspaces.listProjectWorkspaces(board, { id, limit: 50 })).items
        .filter(({ isPrimary }) => isPrimary)
        .map((each) => each.id);
    expect(await primaries()).toEqual([projectWorkspaceId]);
    const second = await workspaces.createProjectWorkspace(board, {
      id,
      name: "Fork",
      kind: "repository",
      repoUrl: "git@example.com:ada/site.git",
      isPrimary: true,
    });
    expect(projectWorkspace.parse(second)).toMatchObject({
      isPrimary: true,
      mode: "worktree",
      cleanupPolicy: "on_issue_closed",
      path: null,
    });
    expect(await primaries()).toEqual([second.id]);
    await workspaces.updateProjectWorkspace(board, { id: projectWorkspaceId, isPrimary: true, name: "Main" });
    expect(await primaries()).toEqual([projectWorkspaceId]);
    const made = { id, kind: "folder", path: "/srv", isPrimary: true } as const;
    await Promise.all(
      Array.from({ length: 8 }, (_, n) => workspaces.createProjectWorkspace(board, { ...made, name: `Race ${n}` })),
    );
    expect(await primaries()).toHaveLength(1);
  });

  it("lie somewhere: a folder has a path, a repository a path or an address", async () => {
    const { board, projectId: id, projectWorkspaceId } = await openWorkshop(db);
    const refused = { code: "unusable_reference" };
    await expect(
      workspaces.createProjectWorkspace(board, { id, name: "X", kind: "folder", repoUrl: "https://example.com/x" }),
    ).rejects.toMatchObject(refused);
    await expect(workspaces.createProjectWorkspace(board, { id, name: "X", kind: "repository" })).rejects.toMatchObject(
      refused,
    );
    await expect(
      workspaces.updateProjectWorkspace(board, { id: projectWorkspaceId, path: null }),
    ).rejects.toMatchObject(refused);
    const moved = { id: projectWorkspaceId, path: null, repoUrl: "https://example.com/x" };
    expect(await workspaces.updateProjectWorkspace(board, moved)).toMatchObject({
      path: null,
      repoUrl: "https://example.com/x",
    });
  });

  it("are forgotten only when nothing was worked on in them; another company's don't exist", async () => {
    const [mine, theirs] = [await openWorkshop(db), await openWorkshop(db)];
    await mine.start(await mine.issue());
    await expect(workspaces.deleteProjectWorkspace(mine.board, { id: mine.projectWorkspaceId })).rejects.toMatchObject({
      code: "conflict",
    });
    const missing = { code: "not_found" };
    await expect(
      workspaces.deleteProjectWorkspace(mine.board, { id: theirs.projectWorkspaceId }),
    ).rejects.toMatchObject(missing);
    await expect(
      workspaces.listProjectWorkspaces(mine.board, { id: theirs.projectId, limit: 5 }),
    ).rejects.toMatchObject(missing);
    await workspaces.deleteProjectWorkspace(theirs.board, { id: theirs.projectWorkspaceId });
  });
});

describe("a step of a workspace", () => {
  it("is one for each run and kind, and stays as it ended", async () => {
    const shop = await openWorkshop(db);
    const job = await shop.start(await shop.issue());
    const began = workspaceOperation.parse(await job.report("prepare", "running"));
    expect(began).toMatchObject({ status: "running", finishedAt: null, runId: job.run.id });
    const ended = await job.report("prepare", "succeeded", {
      cwd: "/w",
      message: "added a worktree",
      details: { token: "Authorization: Bearer abcdefghijklmnop" },
    });
    expect(ended).toMatchObject({ id: began.id, status: "succeeded", message: "added a worktree" });
    expect(JSON.stringify(ended.details)).not.toContain("abcdefghijklmnop");
    expect(await job.report("prepare", "failed", { message: "late" })).toMatchObject({
      id: began.id,
      status: "succeeded",
      message: "added a worktree",
    });
    expect(await job.report("prepare", "running")).toMatchObject({ status: "succeeded" });
    const { items } = await workspaces.listWorkspaceOperations(shop.board, { id: job.workspaceId, limit: 50 });
    expect(items).toHaveLength(1);
    expect(
      executionWorkspace.parse(await workspaces.getExecutionWorkspace(shop.board, { id: job.workspaceId })),
    ).toMatchObject({
      status: "active",
      cwd: "/w",
    });
  });

  it("counts once when it is reported many times at once", async () => {
    const shop = await openWorkshop(db);
    const job = await shop.start(await shop.issue());
    const products = [{ kind: "commit", title: "Fix", ref: "abc123" }] as const;
    const reports = await Promise.all(
      Array.from({ length: 8 }, () => job.report("finalize", "succeeded", { products: [...products] })),
    );
    expect(new Set(reports.map(({ id }) => id)).size).toBe(1);
    expect(
      (await workspaces.listWorkspaceOperations(shop.board, { id: job.workspaceId, limit: 50 })).items,
    ).toHaveLength(1);
    expect((await listWorkProducts(shop.board, { id: job.run.issueId ?? "", limit: 50 })).items).toHaveLength(1);
  });

  it("is refused from a run of another workspace, under another fence, and after the run's end", async () => {
    const shop = await openWorkshop(db);
    const [job, other] = [await shop.start(await shop.issue("One")), await shop.start(await shop.issue("Two"))];
    const step = { kind: "prepare", status: "succeeded" } as const;
    await expect(
      workspaces.reportWorkspaceOperation(job.ctx, { id: other.workspaceId, ...step }),
    ).rejects.toMatchObject({ code: "conflict" });
    await expect(job.report("prepare", "succeeded", { fence: 1 })).rejects.toMatchObject({ code: "lease_lost" });
    await expect(job.report("cleanup")).rejects.toMatchObject({ code: "conflict" });
    await completeRun(job.ctx, { id: job.run.id, status: "failed" });
    await expect(job.report("prepare")).rejects.toMatchObject({ code: "lease_lost" });
  });

  it("shows its products on the issue, each kind and ref once, without the secrets in a diff", async () => {
    const shop = await openWorkshop(db);
    const issue = await shop.issue();
    const job = await shop.start(issue);
    const patch = "+ const key = 'Authorization: Bearer abcdefghijklmnop'";
    await job.report("finalize", "succeeded", {
      products: [
        { kind: "branch", title: "First", ref: "boardroom/x" },
        { kind: "branch", title: "Again", ref: "boardroom/x" },
        { kind: "diff", title: "2 files", data: { patch, files: [] } },
      ],
    });
    const { items } = await listWorkProducts(shop.board, { id: issue.identifier, limit: 50 });
    expect(items.map(({ kind, title, ref, createdByName }) => ({ kind, title, ref, createdByName }))).toEqual(
      expect.arrayContaining([
        { kind: "branch", title: "Again", ref: "boardroom/x", createdByName: "Ada" },
        { kind: "diff", title: "2 files", ref: job.run.id, createdByName: "Ada" },
      ]),
    );
    expect(items).toHaveLength(2);
    expect(JSON.stringify(items)).not.toContain("abcdefghijklmnop");
  });
});

describe("a worktree of a closed issue", () => {
  const toRemove = async (shop: Awaited<ReturnType<typeof openWorkshop>>) => {
    const [row] = await shop.board.db.raw<{ list: { executionWorkspaceId: string }[] }>(
      sql`select ${cleanupsOf(shop.tenant.companyId, shop.runnerId)} as list`,
    );
    return row?.list.map(({ executionWorkspaceId }) => executionWorkspaceId);
  };
  const finish = async (job: Job) => {
    await job.report("prepare", "succeeded", { cwd: "/w" });
    await job.report("finalize");
    await completeRun(job.ctx, { id: job.run.id, status: "succeeded" });
  };

  it("is removed once it is finalized and nobody works there; its branch can be taken up again", async () => {
    const shop = await openWorkshop(db);
    const issue = await shop.issue();
    const job = await shop.start(issue);
    expect(await toRemove(shop)).toEqual([]);
    await finish(job);
    expect(await toRemove(shop)).toEqual([]);
    await updateIssue(shop.board, { id: issue.id, status: "cancelled" });
    expect(await toRemove(shop)).toEqual([job.workspaceId]);
    const removal = { id: job.workspaceId, runnerId: shop.runnerId, succeeded: true, message: null };
    await workspaces.removeWorkspace(shop.board, removal);
    expect(await workspaces.getExecutionWorkspace(shop.board, { id: job.workspaceId })).toMatchObject({
      status: "removed",
      cwd: null,
    });
    expect(await toRemove(shop)).toEqual([]);
    await expect(
      workspaces.removeWorkspace(shop.board, { ...removal, runnerId: await shop.addRunner("Other") }),
    ).rejects.toMatchObject({
      code: "not_found",
    });
    await updateIssue(shop.board, { id: issue.id, status: "todo" });
    await addComment(shop.board, { id: issue.id, body: "Once more" });
    const again = await shop.start(issue);
    expect(again.run.workspace).toMatchObject({
      executionWorkspaceId: job.workspaceId,
      branch: job.run.workspace?.branch,
      cwd: null,
    });
    await again.report("prepare", "running");
    await workspaces.removeWorkspace(shop.board, removal);
    expect((await workspaces.getExecutionWorkspace(shop.board, { id: job.workspaceId })).status).toBe("preparing");
  });

  it("stays where the project keeps it, and where the board says that it is gone", async () => {
    const shop = await openWorkshop(db);
    const [kept, gone] = [await shop.issue("Kept"), await shop.issue("Gone")];
    const jobs = [await shop.start(kept), await shop.start(gone)] as const;
    for (const job of jobs) await finish(job);
    for (const { id } of [kept, gone]) await updateIssue(shop.board, { id, status: "cancelled" });
    await workspaces.updateExecutionWorkspace(shop.board, {
      id: jobs[1].workspaceId,
      status: "removed",
      note: "Deleted by hand",
    });
    expect(await toRemove(shop)).toEqual([jobs[0].workspaceId]);
    await workspaces.updateProjectWorkspace(shop.board, { id: shop.projectWorkspaceId, cleanupPolicy: "keep" });
    expect(await toRemove(shop)).toEqual([]);
    const { items } = await workspaces.listExecutionWorkspaces(shop.board, { limit: 50, status: "removed" });
    expect(items.map(({ id }) => id)).toEqual([jobs[1].workspaceId]);
  });
});
