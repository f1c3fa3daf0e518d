import { createHmac } from "node:crypto";
import { useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

async function begin() {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const hired = await boardroom.hireHttpAgent(company, { name: "Ada Moreau" });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  return { company, ...hired, base };
}

/** Sets up a routine by hand, up to the sheet that asks for its first schedule. */
async function setUp(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Set up a routine" }).click();
  await page.getByLabel("Title").fill("Sales in {{region}}");
  await page.getByLabel("Description").fill("Against the week before.");
  await page.getByLabel("Assignee", { exact: true }).selectOption({ label: "Ada Moreau" });
  await page.getByLabel("Create another issue").check();
  await page.getByRole("button", { name: "Add a variable" }).click();
  await page.getByLabel("Name", { exact: true }).fill("region");
  await page.getByLabel("Default (optional)").fill("Lyon");
  await page.getByRole("button", { name: "Create routine" }).click();
  await page.getByRole("dialog", { name: "When should it fire?" }).waitFor();
}

it("from a new routine to its fired issue: schedule with its next five times, values by hand, the agent woken", async () => {
  const { company, server, base } = await begin();
  const page = await browser.open(boardroom.url, `${base}/more`, { person: company.owner, tolerates: [refused(400)] });
  await page.getByRole("link", { name: "Routines" }).click();
  await setUp(page);
  const sheet = page.getByRole("dialog");
  await expect.poll(() => sheet.getByLabel("Time zone").inputValue()).toBe("UTC");
  await sheet.getByLabel("Schedule", { exact: true }).fill("61 9 * * 1");
  await sheet.locator(".preview .error").waitFor();
  await sheet.getByLabel("Start from").selectOption({ label: "Mondays at 9" });
  await sheet.getByLabel("Time zone").fill("Europe/Paris");
  await sheet.getByText("Every Monday at 09:00").waitFor();
  expect(await sheet.locator(".preview li").count()).toBe(5);
  await sheet.getByRole("button", { name: "Add schedule" }).click();
  await page.getByRole("link", { name: "Every Monday at 09:00, Europe/Paris" }).waitFor();

  await page.getByRole("link", { name: "Run now" }).click();
  await page.getByRole("dialog").getByLabel("region").fill("Grenoble");
  await page.getByRole("dialog").getByRole("button", { name: "Run now" }).click();
  const history = page.getByRole("region", { name: "History" });
  await history.getByText("Issue created").waitFor();
  const { payload } = await server.webhook();
  expect(payload.data).toMatchObject({ companyId: company.cid });
  await history.getByRole("link", { name: "Sales in Grenoble" }).click();
  await page.getByRole("heading", { name: "Sales in Grenoble" }).waitFor();
  await page.goto(`${base}/routines`);
  await page.getByRole("link", { name: "Sales in {{region}}" }).waitFor();
  await page.getByText("Issue created").waitFor();
});

it("a variable with an impossible name is said at its row, and nothing typed is lost", async () => {
  const { company, base } = await begin();
  const page = await browser.open(boardroom.url, `${base}/routines/new`, {
    person: company.owner,
    tolerates: [refused(400)],
  });
  await page.getByLabel("Title").fill("Sales");
  await page.getByRole("button", { name: "Add a variable" }).click();
  await page.getByLabel("Name", { exact: true }).fill("date");
  await page.getByRole("button", { name: "Create routine" }).click();
  await page.getByText("is always there.", { exact: true }).waitFor();
  expect(await page.getByLabel("Title").inputValue()).toBe("Sales");
});

it("shows a webhook's secret once, and a signed delivery shows up in the open history", async () => {
  const { company, agent, base } = await begin();
  const routine = await company.board.call("routines.create", {
    params: { cid: company.cid },
    body: { title: "Order {{payload}}", assigneeAgentId: agent.id },
  });
  const page = await browser.open(boardroom.url, `${base}/routines/${routine.id}`, { person: company.owner });
  await page.getByRole("link", { name: "Add a webhook" }).click();
  await page.getByRole("dialog").getByLabel("Name").fill("Shop system");
  await page.getByRole("dialog").getByRole("button", { name: "Add webhook" }).click();
  const secret = (await page.getByRole("region", { name: "Webhook secret" }).locator("code").textContent()) ?? "";
  const how = page.getByRole("region", { name: "How to fire it" });
  const url = (await how.locator(".sample").first().textContent()) ?? "";
  await how.getByText("X-Boardroom-Signature").waitFor();

  const body = '{"order":42}';
  const at = String(Math.floor(Date.now() / 1000));
  const sign = createHmac("sha256", secret).update(`${at}.${body}`).digest("hex");
  const answer = await fetch(url, {
    method: "POST",
    headers: { "x-boardroom-timestamp": at, "x-boardroom-signature": `sha256=${sign}` },
    body,
  });
  expect(answer.status).toBe(202);
  const history = page.getByRole("region", { name: "History" });
  await history.getByText("fired by webhook").waitFor();
  await page.reload();
  await history.getByText("fired by webhook").waitFor();
  expect(await page.content()).not.toContain(secret);
});

it("pauses, resumes, goes back to an earlier version and archives", async () => {
  const { company, base } = await begin();
  const routine = await company.board.call("routines.create", {
    params: { cid: company.cid },
    body: { title: "Weekly report" },
  });
  const read = () => company.board.call("routines.get", { params: { id: routine.id } });
  const page = await browser.open(boardroom.url, `${base}/routines/${routine.id}`, { person: company.owner });
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.getByRole("button", { name: "Pause" }).waitFor();

  await page.getByRole("link", { name: "Settings" }).last().click();
  await page.getByLabel("Title").fill("Monthly report");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("heading", { name: "Monthly report" }).waitFor();
  await page.getByRole("link", { name: "Versions" }).click();
  const version = page.getByRole("listitem").filter({ hasText: "Weekly report" }).first();
  await version.getByText("changed title").waitFor();
  await version.getByText("Restore", { exact: true }).click();
  await version.getByRole("button", { name: "Restore it" }).click();
  await page.getByRole("heading", { name: "Weekly report" }).waitFor();

  await page.getByRole("link", { name: "Now", exact: true }).click();
  await page.getByRole("link", { name: "Archive" }).click();
  await page.getByRole("button", { name: "Archive routine" }).click();
  await page.getByRole("button", { name: "Take it back" }).waitFor();
  expect((await read()).status).toBe("archived");
  await page.goto(`${base}/routines?archived`);
  await page.getByRole("link", { name: "Weekly report" }).waitFor();
});
