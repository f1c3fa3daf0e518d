import { useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { findViolations } from "./board/find-violations.ts";
import { tabTo } from "./board/tab-to.ts";
import { type Device, useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

/** An agent at work that has spent a lot of money, and Home. */
async function runaway(device: Device) {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const params = { cid: company.cid };
  const { agent, server } = await boardroom.hireHttpAgent(company, { name: "Ada Moreau" });
  const assign = (title: string) =>
    company.board.call("issues.create", { params, body: { title, assigneeAgentId: agent.id } });
  await assign("Compare paper suppliers");
  const { api, runId } = await server.webhook();
  const cost = { agentId: agent.id, provider: "example", model: "example-1", costCents: 4212 };
  await api.call("costs.report", { params, body: cost });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const page = await browser.open(boardroom.url, base, { person: company.owner, device });
  const renew = () => api.call("runs.renew", { params: { id: runId }, body: {} });
  const stopped = () => company.board.call("agents.get", { params: { id: agent.id } });
  return { company, params, agent, server, api, runId, base, page, renew, stopped, assign };
}

it("a runaway agent is stopped from Home on a phone in two taps, with what it cost, and resumed", async () => {
  const { page, renew, stopped, api, runId, assign, server } = await runaway("phone");
  const card = page.getByRole("region", { name: "Now" }).getByRole("listitem");
  await card.getByText("$42.12").waitFor();
  await card.getByRole("link", { name: "Stop agent Ada Moreau" }).tap();
  const sheet = page.getByRole("dialog", { name: "Stop Ada Moreau now" });
  await sheet.getByText("It spent $42.12 this month.").waitFor();
  expect(await findViolations(page)).toEqual([]);
  await sheet.getByRole("button", { name: "Stop it" }).tap();
  await page.locator(".state", { hasText: "Paused" }).waitFor();
  await page.getByText("It cost $42.12 today.").waitFor();
  expect(await findViolations(page)).toEqual([]);
  expect(await renew()).toMatchObject({ action: "cancel" });
  await api.call("runs.complete", { params: { id: runId }, body: { status: "cancelled" } });
  const seen = server.received.length;
  await assign("Order samples");
  expect(await stopped()).toMatchObject({ status: "paused" });
  expect(server.received.length).toBe(seen);
  await page.getByRole("button", { name: "Resume" }).tap();
  await server.webhook(seen);
});

it("so it is by keyboard alone on a desktop", async () => {
  const { page, renew, stopped } = await runaway("desktop");
  await tabTo(page, page.getByRole("link", { name: "Stop agent Ada Moreau" }));
  await page.keyboard.press("Enter");
  await page.getByRole("dialog", { name: "Stop Ada Moreau now" }).waitFor();
  await tabTo(page, page.getByRole("button", { name: "Stop it" }));
  await page.keyboard.press("Enter");
  await page.locator(".state", { hasText: "Paused" }).waitFor();
  expect(await findViolations(page)).toEqual([]);
  expect(await renew()).toMatchObject({ action: "cancel" });
  expect(await stopped()).toMatchObject({ status: "paused" });
});

it("a budget is set on the board, stops its project once it is used up, and raising it goes on", async () => {
  const { page, base, params, company, renew, api, agent } = await runaway("phone");
  const project = await company.board.call("projects.create", { params, body: { name: "Spring catalogue" } });
  await page.goto(`${base}/costs/budgets?sheet=create-budget`);
  const sheet = page.getByRole("dialog", { name: "Set a budget" });
  await sheet.getByLabel("Whose").selectOption("Spring catalogue");
  await sheet.getByLabel("Span").selectOption("week");
  await sheet.getByLabel("Budget", { exact: true }).fill("5");
  await sheet.getByRole("button", { name: "Set it" }).tap();
  await page.getByText("$0.00 of $5.00").waitFor();
  const cost = { agentId: agent.id, provider: "example", model: "example-1", costCents: 650, projectId: project.id };
  await api.call("costs.report", { params, body: cost });
  const incident = page.getByRole("article", { name: "Spring catalogue is stopped: its budget is used up" });
  await incident.getByText("$6.50 of $5.00").waitFor();
  expect(await findViolations(page)).toEqual([]);
  // Its work is elsewhere: a project's stop doesn't reach it.
  expect(await renew()).toMatchObject({ action: "continue" });
  await incident.getByLabel("New budget").fill("20");
  await incident.getByRole("button", { name: "Raise and resume" }).tap();
  await page.getByText("$6.50 of $20.00").waitFor();
  await page.getByText("Raised and resumed").waitFor();
  await page.goto(`${base}/costs`);
  await page.getByRole("link", { name: "Spring catalogue" }).tap();
  await page.getByText("example example-1").waitFor();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "CSV" }).click(),
  ]);
  expect(download.suggestedFilename()).toMatch(/-costs\.csv$/);
});
