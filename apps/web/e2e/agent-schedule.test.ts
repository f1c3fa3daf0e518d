import { useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

async function hire() {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { agent, server } = await boardroom.hireHttpAgent(company, { name: "Ada Moreau" });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const path = `${base}/agents/${agent.urlKey}`;
  const open = (query = "") =>
    browser.open(boardroom.url, path + query, { person: company.owner, tolerates: [refused(400)] });
  return { company, agent, server, base, open };
}

it("edits a schedule: what was typed is stored, the next five heartbeats show, and what can't be is said at its field", async () => {
  const { company, agent, open } = await hire();
  const page = await open("?tab=schedule");
  await page.getByText("The timer is off.").waitFor();
  await page.getByLabel("Wake it on a timer").check();
  await page.getByLabel("Every").fill("45");
  await page.getByLabel("Unit").selectOption({ label: "minutes" });
  await page.getByLabel("Runs at a time").fill("3");
  await page.getByLabel("Longest run, in minutes").fill("90");
  await page.getByLabel("Runs a day").fill("12");
  await page.getByLabel("Cost a day").fill("7.50");
  await page.getByRole("button", { name: "Save schedule" }).click();
  await page.getByText("Saved.").waitFor();
  expect(await page.getByRole("region", { name: "Next heartbeats" }).getByRole("listitem").count()).toBe(5);
  await page.getByText("0 of 12").waitFor();
  await page.getByText("$0.00 of $7.50").waitFor();
  const { runtimeConfig } = await company.board.call("agents.get", { params: { id: agent.id } });
  expect(runtimeConfig.heartbeat).toEqual({
    enabled: true,
    intervalSec: 2700,
    wakeOnDemand: true,
    maxConcurrentRuns: 3,
    timeoutSec: 5400,
    maxRunsPerDay: 12,
    maxCostPerDayCents: 750,
  });

  await page.getByLabel("Unit").selectOption({ label: "days" });
  await page.getByRole("button", { name: "Save schedule" }).click();
  await page.getByText("From 1 minute to 30 days.").waitFor();
  expect(await page.getByLabel("Every").inputValue()).toBe("45");
});

it("keeps the schedule when the configuration is changed", async () => {
  const { company, agent, open } = await hire();
  const heartbeat = { enabled: true, intervalSec: 7200, wakeOnDemand: false, maxRunsPerDay: 5 };
  await company.board.call("agents.update", { params: { id: agent.id }, body: { runtimeConfig: { heartbeat } } });
  const page = await open("?tab=configuration");
  await page.getByLabel("Title").fill("Researcher");
  await page.getByRole("button", { name: "Save" }).click();
  await expect
    .poll(async () => (await company.board.call("agents.get", { params: { id: agent.id } })).title)
    .toBe("Researcher");
  const { runtimeConfig } = await company.board.call("agents.get", { params: { id: agent.id } });
  expect(runtimeConfig.heartbeat).toMatchObject(heartbeat);
});

it("answers why it woke and why it did not, and why it can't now", async () => {
  const { company, agent, server, open } = await hire();
  const params = { cid: company.cid };
  const issue = await company.board.call("issues.create", {
    params,
    body: { title: "Compare paper suppliers", assigneeAgentId: agent.id },
  });
  const { api, runId } = await server.webhook();
  await api.call("runs.complete", { params: { id: runId }, body: { status: "succeeded" } });
  await company.board.call("agents.update", {
    params: { id: agent.id },
    body: { runtimeConfig: { heartbeat: { wakeOnDemand: false } } },
  });
  const other = await company.board.call("issues.create", {
    params,
    body: { title: "Find a printer", assigneeAgentId: agent.id },
  });
  const page = await open("?tab=wakes");
  await page.getByText("Not woken: it takes timer heartbeats only").waitFor();
  await page.getByText(`The cause: the assignment of ${other.identifier}`).waitFor();
  await page.getByRole("link", { name: `Woken by the assignment of ${issue.identifier}` }).click();
  await page.getByRole("heading", { name: "Ada Moreau's run" }).waitFor();
  await company.board.call("budgets.setCompany", { params, body: { budgetMonthlyCents: 0 } });
  const again = await open();
  await again.getByText("It can't wake now. The company's budget is used up.").waitFor();
});

it("lists the sessions of an agent's tasks, and forgets one of them or all", async () => {
  const { company, agent, server, open } = await hire();
  const params = { cid: company.cid };
  for (const [index, title] of ["Compare paper suppliers", "Find a printer"].entries()) {
    await company.board.call("issues.create", { params, body: { title, assigneeAgentId: agent.id } });
    const { api, runId } = await server.webhook(index);
    const sessionParams = { sessionId: `session-${index}` };
    await api.call("runs.complete", { params: { id: runId }, body: { status: "succeeded", sessionParams } });
  }
  const page = await open("?tab=sessions");
  await page.getByText("session-0").waitFor();
  const row = page.getByRole("listitem").filter({ hasText: "Find a printer" });
  await row.getByText("session-1").waitFor();
  await row.getByText("Reset", { exact: true }).click();
  await row.getByRole("button", { name: "Reset it" }).click();
  await page.getByText("session-1").waitFor({ state: "detached" });
  await page.getByText("session-0").waitFor();
  await page.getByRole("link", { name: "Reset all" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Reset all" }).click();
  await page.getByText("session-0").waitFor({ state: "detached" });
});

it("limits the runs of the whole company at a time", async () => {
  const { company, base } = await hire();
  const page = await browser.open(boardroom.url, `${base}/settings`, { person: company.owner });
  const limit = page.getByLabel("Runs at a time");
  const save = page.getByRole("region", { name: "Company" }).getByRole("button", { name: "Save" });
  const stored = async () =>
    (await company.board.call("companies.get", { params: { cid: company.cid } })).maxConcurrentRuns;
  await limit.fill("4");
  await save.click();
  await expect.poll(stored).toBe(4);
  await limit.fill("");
  await save.click();
  await expect.poll(stored).toBe(null);
});
