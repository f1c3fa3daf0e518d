import { readFileSync } from "node:fs";
import type { RunJob } from "@boardroom/contract";
import { connectDevice, type TestCompany, useBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";

const boardroom = useBoardroom();

/** A company whose project lies on a machine, with an agent there. */
async function openShop() {
  const company = await boardroom.newCompany();
  const { board, cid } = company;
  const device = await connectDevice(company, { name: "Laptop", slots: 4 });
  const project = await board.call("projects.create", { params: { cid }, body: { name: "Site" } });
  await board.call("projectWorkspaces.create", {
    params: { id: project.id },
    body: { name: "Clone", kind: "repository", path: "/home/ada/site", defaultBranch: "main" },
  });
  const worker = await hire(company, "Worker");
  const issueFor = (title: string, assigneeAgentId: string, blockedByIssueIds: string[] = []) =>
    board.call("issues.create", {
      params: { cid },
      body: { title, projectId: project.id, assigneeAgentId, blockedByIssueIds },
    });
  return { company, board, cid, device, worker, issueFor, socket: await device.connect() };
}

const hire = ({ board, cid }: TestCompany, name: string) =>
  board.call("agents.create", {
    params: { cid },
    body: { name, adapterType: "process", adapterConfig: { command: "true" } },
  });

/** What the executor of a job calls with its run token. */
function executorOf(job: RunJob) {
  const client = boardroom.clientWith(job.runToken);
  const run = { params: { id: job.run.id } };
  const place = { params: { id: job.workspace?.executionWorkspaceId ?? "" } };
  return {
    client,
    run,
    place,
    report: (kind: "prepare" | "execute" | "finalize", more: object = {}) =>
      client.call("executionWorkspaces.report", { ...place, body: { kind, status: "succeeded", ...more } }),
    complete: () => client.call("runs.complete", { ...run, body: { status: "succeeded" } }),
  };
}

describe("a run on a machine", () => {
  it("gets its worktree and skills with the job, shows what it made, and leaves a worktree to remove", async () => {
    const { board, cid, device, worker, issueFor, socket } = await openShop();
    const files = [{ path: "SKILL.md", content: "# Deploy" }];
    await board.call("skills.create", {
      params: { cid },
      body: { key: "deploy", name: "Deploy", description: "", files },
    });
    const issue = await issueFor("Fix the login", worker.id);
    await socket.heard("work");
    const job = await device.claimRun();
    expect(job.workspace).toMatchObject({
      mode: "worktree",
      path: "/home/ada/site",
      baseRef: "main",
      branch: `boardroom/${issue.identifier}-fix-the-login`,
    });
    expect(job.skills.map(({ key }) => key)).toEqual(["boardroom", "deploy"]);
    expect(job.skills[0]?.files).toEqual([
      { path: "SKILL.md", content: readFileSync("skills/boardroom/SKILL.md", "utf8") },
    ]);

    const { client, run, place, report, complete } = executorOf(job);
    await report("prepare", { cwd: "/home/ada/.boardroom/w1" });
    await client.call("issues.checkout", { params: { id: issue.id }, body: { agentId: worker.id } });
    await client.call("issues.update", { params: { id: issue.id }, body: { status: "done" } });
    await expect(complete()).rejects.toMatchObject({ status: 409 });
    await report("finalize", { products: [{ kind: "commit", title: "Fix", ref: "0a1b2c" }] });
    expect(await complete()).toMatchObject({ status: "succeeded" });
    expect(await board.call("workProducts.list", { params: { id: issue.identifier } })).toMatchObject([
      { kind: "commit", ref: "0a1b2c", runId: run.params.id, createdByName: "Worker" },
    ]);

    const { cleanup } = await device.heartbeat();
    expect(cleanup).toMatchObject([{ executionWorkspaceId: place.params.id, cwd: "/home/ada/.boardroom/w1" }]);
    await device.client.call("executionWorkspaces.report", {
      ...place,
      body: { kind: "cleanup", status: "succeeded" },
    });
    expect(await board.call("executionWorkspaces.get", place)).toMatchObject({
      status: "removed",
      runnerName: "Laptop",
    });
    expect((await device.heartbeat()).cleanup).toEqual([]);
    socket.close();
  });

  it("holds back what builds on it until its work is safe; then its machine hears of that work", async () => {
    const { company, device, worker, issueFor, socket } = await openShop();
    const next = await hire(company, "Next");
    const first = await issueFor("Base", worker.id);
    const second = await issueFor("On top", next.id, [first.id]);
    await socket.heard("work");
    const { client, report, complete } = executorOf(await device.claimRun());
    await client.call("issues.checkout", { params: { id: first.id }, body: { agentId: worker.id } });
    await client.call("issues.update", { params: { id: first.id }, body: { status: "done" } });
    const waiting = { params: { cid: company.cid }, query: { status: "queued" } } as const;
    await expect
      .poll(async () => (await company.board.call("runs.list", waiting))[0]?.waitReason)
      .toBe("workspace_finalizing");
    expect(await device.claim()).toBeNull();
    socket.hints.length = 0;
    await report("finalize");
    await complete();
    await socket.heard("work");
    expect((await device.claimRun()).task?.id).toBe(second.id);
    socket.close();
  });
});

describe("a tool call on a machine", () => {
  it("is answered on the board, and the machine hears that it was", async () => {
    const { company, board, cid, device, worker, issueFor, socket } = await openShop();
    await issueFor("Careful", worker.id);
    await socket.heard("work");
    const { client, run } = executorOf(await device.claimRun());
    const asked = await client.call("toolApprovals.request", {
      ...run,
      body: { callId: "toolu_1", tool: "Bash", input: { command: "git rebase" }, summary: "git rebase" },
    });
    expect(asked.status).toBe("pending");
    expect(await board.call("companies.badges", { params: { cid } })).toMatchObject({ approvals: 1, toolApprovals: 1 });
    const body = { note: "Go on", remember: true };
    await board.call("toolApprovals.allow", { params: { id: asked.id }, body });
    expect(await socket.heard("decision")).toEqual({
      type: "decision",
      toolApprovalId: asked.id,
      runId: run.params.id,
    });
    const decided = await client.call("toolApprovals.get", { params: { id: asked.id } });
    expect(decided).toMatchObject({ status: "allowed", note: "Go on" });
    const again = await client.call("toolApprovals.request", {
      ...run,
      body: { callId: "toolu_2", tool: "Bash", input: { command: "git rebase" }, summary: "git rebase" },
    });
    expect(again).toMatchObject({ status: "allowed", decidedByName: null });
    expect(await company.board.call("toolRules.list", { params: { cid } })).toMatchObject([
      { id: again.ruleId, shape: "git rebase" },
    ]);
    socket.close();
  });
});
