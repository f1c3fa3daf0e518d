import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Run } from "@boardroom/contract";
import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { findCli } from "@boardroom/testing/clis";
import { type ModelServer, startModelServer } from "@boardroom/testing/model-server";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { useBrowser } from "./browser.ts";
import { type CodingCli, codingClis } from "./laptop/coding-clis.ts";
import { answerOnly, type Employee, workOnIssue } from "./laptop/employee-script.ts";
import { startLaptop } from "./laptop/start-laptop.ts";

const boardroom = useBoardroom();
const browser = useBrowser();
const toClose: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of toClose.splice(0).reverse()) await close();
});

let model: ModelServer;
beforeAll(async () => {
  model = await startModelServer(() => ({ text: "Nothing to say." }));
  return () => model.stop();
});

const git = (cwd: string, ...args: string[]) => execFileSync("git", args, { cwd, encoding: "utf8" }).trim();

/** A repository on the laptop, as a person keeps one: with commits and a remote that nobody may push to. */
function makeRepository(folder: string): void {
  git(folder, "init", "-q", "-b", "main");
  git(folder, "config", "user.name", "Nora Lindqvist");
  git(folder, "config", "user.email", "nora@northwind.example");
  writeFileSync(join(folder, "prices.txt"), "Karlsson 11.90\n");
  git(folder, "add", ".");
  git(folder, "commit", "-qm", "The first prices");
}

async function hire(cli: CodingCli, path: string) {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const laptop = await startLaptop(boardroom, company, { programs: [path] });
  toClose.push(laptop.stop);
  makeRepository(laptop.code);
  await cli.setUp?.(laptop.home, model.url);
  const { board, cid } = company;
  const params = { cid };
  const agent = await board.call("agents.create", {
    params,
    body: {
      name: "Tomas Lind",
      adapterType: cli.adapterType,
      adapterConfig: { command: path, ...cli.configOf(model.url) },
    },
  });
  const project = await board.call("projects.create", { params, body: { name: "Prices" } });
  await board.call("projectWorkspaces.create", {
    params: { id: project.id },
    body: { name: "Prices", kind: "folder", path: laptop.code, mode: "worktree" },
  });
  await board.call("toolRules.create", { params, body: { effect: "ask", tool: "*", shape: "*git commit*" } });
  await board.call("toolRules.create", { params, body: { effect: "allow", tool: "*" } });
  return { company, laptop, agent, project };
}

type Hired = Awaited<ReturnType<typeof hire>>;

const play = (employee: Employee): Employee => {
  model.play(employee.script);
  return employee;
};

/** The next run of the issue that has ended and isn't among these. */
async function nextRun(
  { company: { board }, laptop }: Hired,
  issueId: string,
  earlier: readonly string[],
): Promise<Run> {
  for (const endAt = Date.now() + 120_000; Date.now() < endAt; ) {
    const runs = await board.call("issues.runs", { params: { id: issueId } });
    const run = runs.find(({ id, finishedAt }) => finishedAt !== null && !earlier.includes(id));
    if (run) return run;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error(`No run of the issue ended. The runner said:\n${laptop.output()}`);
}

/** Ended before it asked: says what happened. */
async function explain({ company: { board }, laptop }: Hired, { id, status, error }: Run): Promise<never> {
  const { content } = await board.call("runLogs.read", { params: { id }, query: {} });
  throw new Error(
    `The run ended (${status}, ${error}) and had asked nobody.\n${content.slice(-4000)}\n${laptop.output()}`,
  );
}

async function openOnPhone({ owner, company }: TestCompany, path: string) {
  return browser.open(boardroom.url, `/${company.issuePrefix.toLowerCase()}${path}`, { person: owner });
}

/** Answers the card that asks for a tool, on the phone. */
async function allowInInbox(company: TestCompany): Promise<void> {
  const page = await openOnPhone(company, "/inbox");
  await page.getByText("git commit").first().waitFor({ timeout: 90_000 });
  await page.getByRole("button", { name: "Allow", exact: true }).first().click();
  await page.getByText("git commit").first().waitFor({ state: "hidden" });
}

describe.each(codingClis)("$program on a laptop", { timeout: 300_000 }, (cli) => {
  const path = findCli(cli.program);

  it.skipIf(path === null)(
    `works on its issue as its skill says, in a worktree of its own, and goes on with its session${
      path ? "" : ` (skipped: ${cli.program} isn't installed; \`npm run test:clis\` installs it)`
    }`,
    async () => {
      const hired = await hire(cli, path ?? "");
      const { company, laptop, agent, project } = hired;
      const { board, cid } = company;
      const employee = play(workOnIssue(cli.tools, "Ravier's price is in the list."));
      const issue = await board.call("issues.create", {
        params: { cid },
        body: { title: "Add the price of Ravier", projectId: project.id, assigneeAgentId: agent.id },
      });
      const ended = nextRun(hired, issue.id, []);
      if (cli.asks) await Promise.race([allowInInbox(company), ended.then((run) => explain(hired, run))]);
      const run = await ended;
      expect(run, laptop.output()).toMatchObject({ status: "succeeded", error: null });
      expect(model.errors).toEqual([]);
      expect(employee.heard()).toContain("# Working for a Boardroom company");
      const activity = await board.call("issues.activity", { params: { id: issue.id } });
      expect(activity).toContainEqual(expect.objectContaining({ action: "issue.checked_out", runId: run.id }));
      expect(await board.call("issues.get", { params: { id: issue.id } })).toMatchObject({ status: "done" });
      const [comment] = await board.call("issues.comments", { params: { id: issue.id } });
      expect(comment).toMatchObject({
        authorAgentId: agent.id,
        body: expect.stringContaining("Ravier is in prices.txt"),
      });

      await expectOnIssuePage(hired, issue.identifier);
      await expectOnRunPage(hired, run, cli);
      // The person's own folder is as they left it, and the skill's files are nowhere in the work.
      expect(readFileSync(join(laptop.code, "prices.txt"), "utf8")).toBe("Karlsson 11.90\n");
      expect(git(laptop.code, "status", "--porcelain")).toBe("");
      expect(git(laptop.code, "branch", "--list", "boardroom/*")).toContain(issue.identifier);

      const second = play(answerOnly("It is the price without tax."));
      await board.call("issues.comment", { params: { id: issue.id }, body: { body: "With or without tax?" } });
      const resumed = await nextRun(hired, issue.id, [run.id]);
      expect(resumed).toMatchObject({ status: "succeeded", sessionIdBefore: run.sessionIdAfter });
      expect(second.heard()).toContain("Ravier's price is in the list.");

      await board.call("issues.update", {
        params: { id: issue.id },
        body: { executionWorkspaceSettings: { mode: "shared" } },
      });
      const third = play(answerOnly("In euros."));
      await board.call("issues.comment", { params: { id: issue.id }, body: { body: "In which currency?" } });
      const elsewhere = await nextRun(hired, issue.id, [run.id, resumed.id]);
      expect(elsewhere).toMatchObject({ status: "succeeded" });
      expect(elsewhere.sessionIdAfter).not.toBe(run.sessionIdAfter);
      expect(third.heard()).not.toContain("Ravier's price is in the list.");
    },
  );
});

async function expectOnIssuePage({ company }: Hired, identifier: string): Promise<void> {
  const page = await openOnPhone(company, `/issues/${identifier}`);
  await page.getByText("Add the price of Ravier").first().waitFor();
  await page
    .getByText(/boardroom\//)
    .first()
    .waitFor();
  await page.getByText("prices.txt").first().waitFor();
}

async function expectOnRunPage({ company }: Hired, run: Run, cli: CodingCli): Promise<void> {
  const page = await openOnPhone(company, `/runs/${run.id}`);
  const transcript = page.getByRole("region", { name: "Transcript" });
  await transcript.getByText("Ravier's price is in the list.").first().waitFor();
  expect(run.sessionIdAfter).toEqual(expect.any(String));
  expect(run.usageJson).toMatchObject({ outputTokens: expect.any(Number) });
  if (cli.reportsCost) expect(run.costCents).toBeGreaterThan(0);
}
