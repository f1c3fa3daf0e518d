import { type AgentBehaviour, behaviours, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

/** A company whose agent behaves like this towards its first issue, and that run. */
async function startRun(behaviour: AgentBehaviour, timeoutSec?: number) {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { agent, server } = await boardroom.hireHttpAgent(company, { name: "Ada Moreau", behaviour, timeoutSec });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const body = { title: "Compare paper suppliers", assigneeAgentId: agent.id };
  await company.board.call("issues.create", { params: { cid: company.cid }, body });
  const { runId } = await server.webhook();
  const open = (path: string) => browser.open(boardroom.url, base + path, { person: company.owner });
  return { company, server, runId, open, run: `/runs/${runId}`, agentPath: `/agents/${agent.urlKey}` };
}

it("says of an agent that answers 500 that it did, on the run and on the agent's page, and when it is tried again", async () => {
  const { run, agentPath, open } = await startRun(behaviours.status(500));
  const page = await open(run);
  await page.getByRole("alert").filter({ hasText: "The agent answered 500." }).waitFor();
  await page.getByRole("term").filter({ hasText: "Next try" }).waitFor();
  const other = await open(agentPath);
  await other.getByRole("region", { name: "Runs" }).getByText("The agent answered 500.").waitFor();
});

it("says of an agent that answers 410 that its webhook is gone, and stops waking it", async () => {
  const { run, agentPath, open } = await startRun(behaviours.status(410));
  const page = await open(run);
  await page.locator(".state", { hasText: "Failed" }).waitFor();
  await page.getByRole("alert").filter({ hasText: "endpoint answered 410: it is gone" }).waitFor();
  const other = await open(agentPath);
  await other.locator(".state", { hasText: "Error" }).waitFor();
  await other.getByText("Its webhook answers that it is gone").waitFor();
});

it("says of an agent that never answers how long it was waited for", async () => {
  const { run, agentPath, open } = await startRun(behaviours.neverAnswer(), 1);
  const page = await open(run);
  await page.getByRole("alert").filter({ hasText: "The agent did not answer within 1 s." }).waitFor();
  const other = await open(agentPath);
  await other.getByRole("region", { name: "Runs" }).getByText("The agent did not answer within 1 s.").waitFor();
});

it("stops a running run from Home: the agent is told, and the run ends as cancelled", async () => {
  const { company, server, runId, open } = await startRun(behaviours.accept());
  const page = await open("");
  const now = page.getByRole("region", { name: "Now" });
  await now.getByRole("link", { name: "Ada Moreau", exact: true }).waitFor();
  const stopped = page.waitForResponse((response) => response.request().method() === "POST");
  await now.getByRole("button", { name: "Stop" }).click();
  await stopped;
  await now.getByRole("button", { name: "Stopping" }).waitFor();
  const [first] = server.received;
  const renewal = await first?.api.call("runs.renew", { params: { id: runId }, body: {} });
  expect(renewal).toMatchObject({ action: "cancel", reason: "Stopped on the board" });
  await first?.api.call("runs.complete", { params: { id: runId }, body: { status: "cancelled" } });
  await now.getByText("No agent is running").waitFor();
  await boardroom.waitForRun(company, runId, "cancelled");
});
