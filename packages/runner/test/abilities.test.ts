import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { assign, hireScript, runsOf } from "./support/agents.ts";
import type { TestMachine } from "./support/machine.ts";
import { useMachines } from "./support/use-machines.ts";
import { waitFor } from "./support/wait-for.ts";

const boardroom = useBoardroom();
const { newMachine } = useMachines();

const endOf = (company: TestCompany, issue: Parameters<typeof runsOf>[1]) =>
  waitFor("the run to end", async () =>
    (await runsOf(company, issue)).find(({ status }) => !["queued", "running"].includes(status)),
  );

/** Its own, of which the runner knows nothing. */
const zod = pathToFileURL(createRequire(import.meta.url).resolve("zod")).href;

/** An adapter as somebody else would publish it: plain JavaScript of the documented shape, which asks before a tool call. */
const asker = `
  import * as z from "${zod}";
  const schema = z.strictObject({ tone: z.string().optional().meta({ title: "Tone" }) });
  export const adapter = {
    definition: {
      type: "asker", label: "Asker", place: "runner", models: [{ id: "a-1", label: "A 1" }], capabilities: {},
      configSchema: schema, guidance: "", parseTranscript: () => [],
    },
    program: null,
    async execute({ askTool, job, cwd, skillsDir, session }) {
      const { decision, note } = await askTool({ callId: "call-1", tool: "Bash", input: { command: "rm -rf build" }, summary: "rm -rf build" });
      return {
        status: "succeeded", summary: decision + ": " + note + (session ? " again in " + session.id : ""), exitCode: 0, signal: null, timedOut: false,
        sessionParams: { sessionId: "s-1" },
      };
    },
    testEnvironment: async ({ inspectPath }) => [{ level: "info", code: "looked", message: "It is a " + (await inspectPath("/etc")) }],
    formatEvent: (line) => line,
  };`;

async function withAsker() {
  const company = await boardroom.newCompany();
  const machine = await newMachine(company);
  allowAsker(machine);
  const runner = await machine.start();
  const [offered] = await waitFor("the offer", async () => {
    const runners = await company.board.call("runners.list", { params: { cid: company.cid } });
    return runners.some(({ adapters }) => adapters.some(({ type }) => type === "asker")) && runners;
  });
  const agent = await company.board.call("agents.create", {
    params: { cid: company.cid },
    body: { name: "Careful", adapterType: "asker", adapterConfig: {} },
  });
  return { company, machine, runner, offered, agent };
}

function allowAsker(machine: TestMachine): void {
  const file = join(machine.projects, "asker.mjs");
  writeFileSync(file, asker);
  const policy = JSON.parse(readFileSync(machine.home.policyFile, "utf8"));
  writeFileSync(machine.home.policyFile, JSON.stringify({ ...policy, adapters: { external: [file, "not-there"] } }));
}

describe("an adapter that a machine brings along", () => {
  it("is offered to the board, and asks it before a tool call", async () => {
    const { company, machine, runner, agent, offered } = await withAsker();
    expect(offered?.adapters).toContainEqual(
      expect.objectContaining({
        type: "asker",
        isExternal: true,
        configSchema: expect.objectContaining({ properties: { tone: { title: "Tone", type: "string" } } }),
      }),
    );
    expect(runner.output()).toContain("not-there can't be used");
    const issue = await assign(company, agent);
    const [question] = await waitFor("the question", async () => {
      const asked = await company.board.call("toolApprovals.list", {
        params: { cid: company.cid },
        query: { status: "pending" },
      });
      return asked.length > 0 && asked;
    });
    expect(question).toMatchObject({ tool: "Bash", summary: "rm -rf build" });
    await company.board.call("toolApprovals.allow", { params: { id: question?.id ?? "" }, body: { note: "Go on" } });
    const run = await endOf(company, issue);
    const { resultJson } = await company.board.call("runs.get", { params: { id: run.id } });
    expect(resultJson).toMatchObject({ summary: "allow: Go on" });
    expect(machine.letters()).toEqual([]);
  });

  it("goes on with its session on this machine, and hears the board's no", async () => {
    const { company, agent } = await withAsker();
    const issue = await assign(company, agent);
    const decide = async () => {
      const [question] = await waitFor("the question", async () => {
        const asked = await company.board.call("toolApprovals.list", {
          params: { cid: company.cid },
          query: { status: "pending" },
        });
        return asked.length > 0 && asked;
      });
      await company.board.call("toolApprovals.deny", {
        params: { id: question?.id ?? "" },
        body: { note: "Not that" },
      });
    };
    await decide();
    await endOf(company, issue);
    await company.board.call("issues.comment", { params: { id: issue.id }, body: { body: "Again, please." } });
    await decide();
    const summaries = await waitFor("both ends", async () => {
      const runs = await runsOf(company, issue);
      const ended = runs.filter(({ status }) => status === "succeeded");
      return (
        ended.length === 2 && Promise.all(ended.map(({ id }) => company.board.call("runs.get", { params: { id } })))
      );
    });
    expect(summaries.map(({ resultJson }) => resultJson?.summary)).toEqual([
      "deny: Not that again in s-1",
      "deny: Not that",
    ]);
  });

  it("is tested on the machine when the board asks, within the machine's policy", async () => {
    const { company } = await withAsker();
    const report = await company.board.call("adapters.testEnvironment", {
      params: { cid: company.cid, type: "asker" },
      body: { adapterConfig: {} },
    });
    expect(report).toMatchObject({
      status: "pass",
      checks: [{ code: "looked", message: "It is a denied" }],
      runnerName: "Laptop",
    });
  });
});

describe("work in a project's repository", () => {
  it("is done in a worktree of its own, and what came out of it is seen on the board", async () => {
    const company = await boardroom.newCompany();
    const machine = await newMachine(company);
    const repository = join(machine.projects, "repository");
    mkdirSync(repository);
    const git = (cwd: string, ...args: string[]) =>
      execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=a@example.com", ...args], { cwd })
        .toString()
        .trim();
    git(repository, "init", "-q", "-b", "main");
    git(repository, "commit", "-q", "--allow-empty", "-m", "First");
    const { id: projectId } = await company.board.call("projects.create", {
      params: { cid: company.cid },
      body: { name: "P" },
    });
    await company.board.call("projectWorkspaces.create", {
      params: { id: projectId },
      body: { name: "Here", kind: "folder", path: repository, mode: "worktree" },
    });
    const agent = await hireScript(
      company,
      machine,
      `import { execFileSync } from "node:child_process"; import { writeFileSync } from "node:fs";
       writeFileSync("new.txt", "new\\n");
       execFileSync("git", ["add", "."]);
       execFileSync("git", ["-c", "user.name=Ada", "-c", "user.email=a@example.com", "commit", "-q", "-m", "A new file"]);
       console.log(process.env.PAPERCLIP_WORKSPACE_CWD === process.cwd(), process.env.PAPERCLIP_WORKSPACE_BRANCH);`,
    );
    await machine.start();
    const issue = await assign(company, agent, { projectId, title: "Add a file" });
    const run = await endOf(company, issue);
    expect(run).toMatchObject({ status: "succeeded" });
    const products = await company.board.call("workProducts.list", { params: { id: issue.id } });
    expect(products.map(({ kind }) => kind).sort()).toEqual(["branch", "commit", "diff"]);
    const branch = products.find(({ kind }) => kind === "branch")?.ref ?? "";
    expect(git(repository, "show", `${branch}:new.txt`)).toBe("new");
    expect(git(repository, "status", "--porcelain")).toBe("");
    const { content } = await company.board.call("runLogs.read", { params: { id: run.id } });
    expect(content).toContain(`true ${branch}`);
    const [workspace] = await company.board.call("executionWorkspaces.list", {
      params: { cid: company.cid },
      query: {},
    });
    expect(workspace).toMatchObject({ status: "finalized", branch });
  });
});

describe("a policy", () => {
  it("keeps an agent from a program and a folder that the machine's owner didn't allow, and says so", async () => {
    const company = await boardroom.newCompany();
    const machine = await newMachine(company);
    await machine.start();
    const tryOut = async (config: object) => {
      const agent = await hireScript(company, machine, "", config);
      const run = await endOf(company, await assign(company, agent));
      return company.board.call("runs.get", { params: { id: run.id } });
    };
    expect(await tryOut({ command: "/bin/sh", args: ["-c", "id"] })).toMatchObject({
      status: "failed",
      errorFamily: "config",
    });
    expect(await tryOut({ cwd: "/etc" })).toMatchObject({ status: "failed", errorCode: "policy_denied" });
  });

  it("that isn't right keeps the runner from starting at all", async () => {
    const machine = await newMachine(await boardroom.newCompany(), { policy: { allowEverything: true } });
    expect(await machine.run("start")).toMatchObject({ code: 1, output: expect.stringContaining("isn't right") });
  });
});

describe("one-job mode", () => {
  it("does one run and ends with its success, or says that there is none", async () => {
    const company = await boardroom.newCompany();
    const machine = await newMachine(company);
    expect((await machine.run("run-once")).code).toBe(3);
    const good = await hireScript(company, machine, `console.log("fine")`);
    const bad = await hireScript(company, machine, "process.exit(4)");
    const issue = await assign(company, good);
    expect(await machine.run("run-once")).toMatchObject({ code: 0 });
    expect(await endOf(company, issue)).toMatchObject({ status: "succeeded" });
    await assign(company, bad);
    expect(await machine.run("run-once")).toMatchObject({ code: 1 });
  });
});
