import type { BoardroomClient, RunJob } from "@boardroom/contract";
import type { TestBoardroom, TestCompany } from "@boardroom/testing";
import { type Machine, registerMachine } from "./machine.ts";

export interface PaperMachine {
  runnerId: string;
  /** An issue with a worktree, a diff and a question, and its run, which waits for an answer. */
  codeIssue: string;
  codeRunId: string;
  diffId: string;
  workspaceProjectId: string;
  ruleId: string;
  skillKey: string;
  engineerKey: string;
}

const patch = `diff --git a/src/prices/round.ts b/src/prices/round.ts
index 8a1f3c2..b7e0d41 100644
--- a/src/prices/round.ts
+++ b/src/prices/round.ts
@@ -1,9 +1,11 @@ import { vatOf } from "./vat.ts";
-/** The price with tax. */
+/** The price with tax, in whole cents: what the till shows and what the invoice adds up are the same then. */
 export function grossPrice(netCents: number, country: string): number {
-  return netCents * (1 + vatOf(country));
+  return Math.round(netCents * (1 + vatOf(country)));
 }
 
 export function linePrice(netCents: number, quantity: number, country: string): number {
-  return grossPrice(netCents * quantity, country);
+  return grossPrice(netCents, country) * quantity;
 }
+
+export const roundingMode = "half away from zero, per piece and never per line of the invoice, as the tax office asks";
@@ -40,6 +42,4 @@ export function priceList(country: string) {
   const rows = products.map((product) => ({
     name: product.name,
     price: grossPrice(product.netCents, country),
-    // odd cents stay
-    rounded: false,
   }));
diff --git a/src/prices/round.test.ts b/src/prices/round.test.ts
new file mode 100644
index 0000000..3c1d9aa
--- /dev/null
+++ b/src/prices/round.test.ts
@@ -0,0 +1,5 @@
+it("has no odd cents with tax", () => {
+  expect(grossPrice(421, "FR")).toBe(505);
+  expect(linePrice(421, 200, "FR")).toBe(101_000);
+});
+
`;

/** A laptop with Claude Code that works in a worktree, and asks before it runs a command. */
export async function addMachine(boardroom: TestBoardroom, company: TestCompany): Promise<PaperMachine> {
  const { board, cid } = company;
  const params = { cid };
  const machine = await connectLaptop(boardroom, company);
  await machine.connect();
  const engineer = await board.call("agents.create", {
    params,
    body: {
      name: "Tomas Lind",
      title: "Shop engineer",
      role: "engineer",
      adapterType: "claude_local",
      adapterConfig: {},
      runtimeConfig: { heartbeat: {}, runner: { labels: ["mac"] } },
      budgetMonthlyCents: 9000,
    },
  });
  const project = await board.call("projects.create", { params, body: { name: "Shop code", status: "in_progress" } });
  await board.call("projectWorkspaces.create", {
    params: { id: project.id },
    body: { name: "Shop", kind: "folder", path: "/Users/nora/code/shop", defaultBranch: "main", mode: "worktree" },
  });
  const issue = await board.call("issues.create", {
    params,
    body: {
      title: "Prices with tax end in odd cents",
      description: "Round per piece, not per line. The till and the invoice have to agree.",
      status: "todo",
      projectId: project.id,
      assigneeAgentId: engineer.id,
    },
  });
  const { job, api } = await machine.claim();
  await work(api, job);
  await askTools(api, job);
  const rule = await addRules(board, cid, engineer.id);
  await board.call("skills.create", {
    params,
    body: {
      key: "price-tables",
      name: "Price tables",
      description: "How prices are kept, rounded and shown in this company.",
      files: [{ path: "SKILL.md", content: "# Price tables\n\nCents are whole. Rounding is per piece.\n" }],
    },
  });
  const products = await board.call("workProducts.list", { params: { id: issue.id } });
  return {
    runnerId: machine.runnerId,
    codeIssue: issue.identifier,
    codeRunId: job.run.id,
    diffId: products.find(({ kind }) => kind === "diff")?.id ?? "",
    workspaceProjectId: project.id,
    ruleId: rule,
    skillKey: "price-tables",
    engineerKey: engineer.urlKey,
  };
}

async function connectLaptop({ url }: TestBoardroom, { board, cid }: TestCompany): Promise<Machine> {
  const { code } = await board.call("runnerCodes.create", {
    params: { cid },
    body: { name: "Nora's laptop", labels: ["mac", "studio"] },
  });
  return registerMachine(url, code ?? "", {
    hostname: "noras-macbook.local",
    programs: [
      ["claude_local", "2.1.4 (Claude Code)"],
      ["codex_local", "codex-cli 0.50.0"],
      ["process", "5.2"],
    ],
  });
}

/** A first look at the worktree and what came out of it so far. */
async function work(api: BoardroomClient, job: RunJob): Promise<void> {
  const place = job.workspace;
  if (!place) throw new Error("The run has no workspace");
  const params = { id: place.executionWorkspaceId };
  const report = (kind: "prepare" | "execute" | "finalize", status: "running" | "succeeded", more: object = {}) =>
    api.call("executionWorkspaces.report", { params, body: { fence: job.run.fence, kind, status, ...more } });
  await api.call("runs.renew", { params: { id: job.run.id }, body: {} });
  const cwd = "/Users/nora/.boardroom/worktrees/shop-odd-cents";
  await report("prepare", "succeeded", { message: "git worktree add", cwd, branch: place.branch, baseRef: "main" });
  await report("execute", "running");
  const ref = place.branch ?? "boardroom/odd-cents";
  for (const product of productsOf(ref)) {
    await api.call("workProducts.create", { params: { id: job.task?.id ?? "" }, body: product });
  }
}

function productsOf(ref: string) {
  const files = [
    { path: "src/prices/round.ts", added: 5, removed: 5 },
    { path: "src/prices/round.test.ts", added: 5, removed: 0 },
  ];
  return [
    { kind: "branch" as const, title: ref, ref },
    { kind: "commit" as const, title: "Round per piece", ref: "b7e0d41c5a90f1e2d3b4a5968778695a4b3c2d1e" },
    { kind: "diff" as const, title: "Changes against main", ref, data: { patch, files, isCut: false } },
  ];
}

/** One command that waits for the board, and a confirmation. */
async function askTools(api: BoardroomClient, job: RunJob): Promise<void> {
  const command = "npm test -- src/prices && git -c core.pager=cat log --oneline main..HEAD";
  await api.call("toolApprovals.request", {
    params: { id: job.run.id },
    body: {
      callId: "toolu_01",
      tool: "Bash",
      input: { command, description: "Run the tests of the prices" },
      summary: command,
      expiresInSec: 3600,
    },
  });
  await api.call("interactions.create", {
    params: { id: job.task?.id ?? "" },
    body: {
      kind: "request_confirmation",
      payload: {
        version: 1,
        prompt: "The new rounding changes 14 of 312 prices by one cent. Shall I write the list for the shops?",
        acceptLabel: "Write the list",
        rejectLabel: "Not yet",
      },
    },
  });
}

async function addRules(board: BoardroomClient, cid: string, agentId: string): Promise<string> {
  const create = (body: Parameters<typeof board.call<"toolRules.create">>[1]["body"]) =>
    board.call("toolRules.create", { params: { cid }, body });
  const { id } = await create({ effect: "allow", tool: "Read" });
  await create({ effect: "allow", tool: "Bash", shape: "git status*", agentId });
  await create({ effect: "deny", tool: "Bash", shape: "rm -rf *", note: "Delete single files by name instead" });
  return id;
}
