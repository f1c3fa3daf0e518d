import { useBoardroom } from "@boardroom/testing";
import { describe, expect, it } from "vitest";
import { assign, hireScript, runsOf } from "./support/agents.ts";
import { useMachines } from "./support/use-machines.ts";
import { waitFor } from "./support/wait-for.ts";

const boardroom = useBoardroom();
const { newMachine } = useMachines();

/** Checks its task out, says what it sees, and ends the task: what an agent does, with nothing but its environment. */
const worker = `
  const { PAPERCLIP_API_URL: url, PAPERCLIP_API_KEY: key, PAPERCLIP_TASK_ID: task, PAPERCLIP_AGENT_ID: agentId } = process.env;
  const call = async (method, path, body) => {
    const headers = { authorization: "Bearer " + key, "content-type": "application/json" };
    const answer = await fetch(url + "/api" + path, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(path + " answered " + answer.status + " " + (await answer.text()));
    return answer.json();
  };
  await call("POST", "/issues/" + task + "/checkout", { agentId, expectedStatuses: ["todo"] });
  console.log("in " + process.cwd());
  console.log("names " + Object.keys(process.env).sort().join(" "));
  await call("PATCH", "/issues/" + task, { status: "done", comment: "Done here." });
  console.log(JSON.stringify({ boardroom: { status: "succeeded", summary: "It is done.", costUsd: 0.25, model: "m" } }));`;

describe("an agent on a machine", () => {
  it("is woken by its assignment, works with its own key, and its work is seen on the board", async () => {
    const company = await boardroom.newCompany();
    const machine = await newMachine(company);
    const agent = await hireScript(company, machine, worker);
    const runner = await machine.start();
    const issue = await assign(company, agent);
    const run = await waitFor("the end of the run", async () =>
      (await runsOf(company, issue)).find(({ status }) => status === "succeeded" || status === "failed"),
    );
    const detail = await company.board.call("runs.get", { params: { id: run.id } });
    expect(detail, runner.output()).toMatchObject({ status: "succeeded", exitCode: 0, runnerName: "Laptop" });
    expect(detail.resultJson).toMatchObject({ summary: "It is done." });
    expect((await company.board.call("issues.get", { params: { id: issue.id } })).status).toBe("done");
    const { content } = await company.board.call("runLogs.read", { params: { id: run.id } });
    expect(content).toContain("boardroom.invocation");
    expect(content).toMatch(/names .*PAPERCLIP_AGENT_ID.*PAPERCLIP_API_KEY.*PAPERCLIP_RUN_ID/);
    expect(content).not.toContain("BOARDROOM_RUNNER_HOME");
    expect(machine.letters()).toEqual([]);
    expect(machine.journals()).toMatchObject([{ phase: "done", token: "" }]);
    const status = await machine.run("status");
    expect(status.output).toContain("connected; 0 of 2 slots used");
    expect((await machine.run("logs", run.id)).output).toContain("in ");
    expect((await machine.run("doctor")).code).toBe(0);
  });
});
