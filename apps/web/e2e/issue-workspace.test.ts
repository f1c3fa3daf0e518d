import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { startMachineRun } from "./board/machine-run.ts";
import { refused } from "./browser/watch-page.ts";
import { type PageOptions, useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

function open({ company, owner }: TestCompany, path: string, options: PageOptions = {}) {
  return browser.open(boardroom.url, `/${company.issuePrefix.toLowerCase()}${path}`, { person: owner, ...options });
}

const patch = `diff --git a/src/round.ts b/src/round.ts
index 8a1f3c2..b7e0d41 100644
--- a/src/round.ts
+++ b/src/round.ts
@@ -1,3 +1,3 @@ export const prices
 export function gross(net: number) {
-  return net * 1.2;
+  return Math.round(net * 1.2);
 }
`;
const diff = {
  kind: "diff",
  title: "Changes against main",
  ref: "boardroom/round",
  data: { patch, files: [{ path: "src/round.ts", added: 1, removed: 1 }], isCut: false },
};

it("shows branch, machine and steps as they happen, then what came out of it, down to each changed line", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const run = await startMachineRun(boardroom, company);
  const page = await open(company, `/issues/${run.issue.identifier}`);
  const workspace = page.getByRole("region", { name: "Workspace" });
  await workspace.getByText(run.job.workspace?.branch ?? "no branch", { exact: true }).waitFor();
  await workspace.getByRole("link", { name: "Studio Mac" }).waitFor();
  await run.report("prepare", "succeeded", { message: "git worktree add", cwd: "/srv/worktrees/round" });
  await workspace.getByText("git worktree add").waitFor();
  await run.report("execute", "succeeded");
  await run.report("finalize", "running");
  await workspace.getByText("Finalizing").waitFor();
  const commit = { kind: "commit", title: "Round each price", ref: "b7e0d41c5a90f1e2d3b4a5968778695a4b3c2d1e" };
  await run.report("finalize", "succeeded", { products: [commit, diff] });
  await workspace.getByText("Finalized").waitFor();

  const products = page.getByRole("region", { name: "Work products" });
  await products.getByText("b7e0d41c", { exact: true }).waitFor();
  await products.getByText("src/round.ts").waitFor();
  await products.getByRole("link", { name: "Changes against main" }).click();
  await page.getByRole("heading", { level: 1, name: "Changes against main" }).waitFor();
  const lines = page.locator(".diff-lines > div");
  expect(await lines.allInnerTexts()).toEqual([
    expect.stringContaining("export function gross"),
    expect.stringContaining("-  return net * 1.2;"),
    expect.stringContaining("+  return Math.round(net * 1.2);"),
    expect.stringContaining("}"),
  ]);
  await page.getByText("export const prices").click();
  await lines.first().waitFor({ state: "hidden" });
});

it("a finalize that failed is loud; a confirmation waits for it, and goes through once the board lets work go on", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const run = await startMachineRun(boardroom, company);
  await run.report("prepare", "succeeded");
  await run.report("finalize", "failed", { message: "The index is locked by another git." });
  await run.api.call("interactions.create", {
    params: { id: run.issue.id },
    body: { kind: "request_confirmation", payload: { version: 1, prompt: "Shall I tell the shops?" } },
  });
  const end = { status: "failed", errorCode: "workspace_finalize_failed", error: "It is not finalized." } as const;
  await run.api.call("runs.complete", { params: { id: run.job.run.id }, body: end });
  const page = await open(company, `/issues/${run.issue.identifier}`, { tolerates: [refused(409)] });
  const alert = page.getByRole("alert").filter({ hasText: "isn't finalized" });
  await alert.getByText("The index is locked by another git.").waitFor();
  const card = page.getByRole("article").filter({ hasText: "Shall I tell the shops?" });
  await card.getByRole("button", { name: "Accept" }).click();
  await card
    .getByRole("alert")
    .filter({ hasText: /finaliz/ })
    .waitFor();

  await page.getByRole("link", { name: "Go on without it" }).click();
  await page.getByRole("dialog").getByLabel("Why").fill("The branch is fine, I looked");
  await page.getByRole("dialog").getByRole("button", { name: "Go on" }).click();
  await alert.waitFor({ state: "detached" });
  await page.getByText("The branch is fine, I looked").waitFor();
  await card.getByRole("button", { name: "Accept" }).click();
  await card.waitFor({ state: "detached" });
  const asked = await company.board.call("interactions.list", { params: { id: run.issue.id } });
  expect(asked).toMatchObject([{ status: "accepted" }]);
});

it("the run's page names machine and workspace, and reads what Claude Code itself writes as a transcript", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const run = await startMachineRun(boardroom, company);
  const content = [{ type: "text", text: "I round each price first." }];
  const call = [{ type: "tool_use", id: "t1", name: "Bash", input: { command: "npm test" } }];
  const result = [{ type: "tool_result", tool_use_id: "t1", content: "3 passed" }];
  const lines = [
    { type: "system", subtype: "init", session_id: "s-1", model: "claude-sonnet-4-5", cwd: "/srv/shop" },
    { type: "assistant", message: { role: "assistant", content } },
    { type: "assistant", message: { role: "assistant", content: call } },
    { type: "user", message: { role: "user", content: result } },
  ];
  const log = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await run.api.call("runLogs.append", {
    params: { id: run.job.run.id },
    body: { seq: 1, offset: 0, content: log },
  });
  const page = await open(company, `/runs/${run.job.run.id}`);
  await page.getByRole("link", { name: "Studio Mac" }).waitFor();
  await page.getByText(run.job.workspace?.branch ?? "no branch", { exact: true }).waitFor();
  const transcript = page.getByRole("region", { name: "Transcript" });
  await transcript.getByText("I round each price first.").waitFor();
  await transcript.getByText("Calls").click();
  await transcript.getByText('"command": "npm test"').waitFor();
  await run.api.call("runs.complete", {
    params: { id: run.job.run.id },
    body: { status: "cancelled", sessionParams: { sessionId: "s-1", cwd: "/srv/shop" } },
  });
  await page.getByText("s-1", { exact: true }).waitFor();
  await page.getByText("fresh", { exact: true }).waitFor();
});

it("a confirmation is answered from the inbox, with its issue a tap away", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const run = await startMachineRun(boardroom, company);
  const page = await open(company, "/inbox");
  await run.api.call("interactions.create", {
    params: { id: run.issue.id },
    body: {
      kind: "request_confirmation",
      payload: { version: 1, prompt: "Shall I tell the shops?", acceptLabel: "Tell them", rejectLabel: "Not yet" },
    },
  });
  const card = page.getByRole("article").filter({ hasText: "Shall I tell the shops?" });
  await card.getByRole("link", { name: "Round the prices" }).waitFor();
  await card.getByText("Add a note").click();
  await card.getByLabel("Note to Ada Moreau").fill("After the weekend");
  await card.getByRole("button", { name: "Not yet" }).click();
  await page.getByText("Rejected. Who asked is told.").waitFor();
  await page.getByRole("link", { name: "Decided" }).click();
  await page
    .getByRole("article")
    .filter({ hasText: "Shall I tell the shops?" })
    .getByText("After the weekend")
    .waitFor();
});

it("a project says where its work lies, and an issue that it shall be elsewhere", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { board, cid } = company;
  const project = await board.call("projects.create", { params: { cid }, body: { name: "Shop code" } });
  const agent = await board.call("agents.create", {
    params: { cid },
    body: { name: "Ada Moreau", adapterType: "claude_local", adapterConfig: {} },
  });
  const issue = await board.call("issues.create", {
    params: { cid },
    body: { title: "Round the prices", projectId: project.id, assigneeAgentId: agent.id },
  });
  const page = await open(company, `/projects/${project.id}`, { tolerates: [refused(400)] });
  await page.getByRole("link", { name: "Add a workspace" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Name").fill("Shop");
  await sheet.getByLabel("Path on the machine").fill("srv/shop");
  await sheet.getByRole("button", { name: "Add workspace" }).click();
  await sheet.getByText("is not an absolute path").waitFor();
  await sheet.getByLabel("Path on the machine").fill("/srv/shop");
  await sheet.getByLabel("Start branches from").fill("main");
  await sheet.getByRole("button", { name: "Add workspace" }).click();
  await page.getByRole("region", { name: "Workspaces" }).getByText("Primary").waitFor();
  expect(await board.call("projectWorkspaces.list", { params: { id: project.id } })).toMatchObject([
    { name: "Shop", kind: "folder", path: "/srv/shop", defaultBranch: "main", mode: "worktree" },
  ]);

  await page.goto(`/${company.company.issuePrefix.toLowerCase()}/issues/${issue.identifier}`);
  await page.getByRole("link", { name: "Change works in: Its project's workspace" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "The folder itself" }).click();
  await page.getByRole("link", { name: "Change works in: The folder itself" }).waitFor();
  const changed = await board.call("issues.get", { params: { id: issue.id } });
  expect(changed.executionWorkspaceSettings).toEqual({ mode: "shared" });
});

it("a skill is written, changed and turned off on the phone", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const page = await open(company, "/settings");
  await page.getByRole("link", { name: "Skills" }).click();
  await page.getByRole("link", { name: "Write a skill" }).click();
  await page.getByLabel("Name").fill("How we write");
  await page.getByLabel("Key").fill("how-we-write");
  await page.getByLabel("Description").fill("When a text goes to a customer.");
  await page.getByLabel("SKILL.md").fill("# How we write\n\nShort.\n");
  await page.getByRole("button", { name: "Save skill" }).click();
  await page.getByRole("link", { name: "How we write" }).click();
  await page.getByLabel("SKILL.md").fill("# How we write\n\nShort and plain.\n");
  await page.getByLabel("Enabled").uncheck();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Off", { exact: true }).waitFor();
  const skill = await company.board.call("skills.get", { params: { cid: company.cid, key: "how-we-write" } });
  expect(skill).toMatchObject({ isEnabled: false, files: [{ path: "SKILL.md" }] });
  expect(skill.files[0]?.content).toContain("Short and plain.");
});
