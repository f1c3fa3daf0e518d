import { createClient } from "@boardroom/contract";
import { behaviours, startAgent, useBoardroom } from "@boardroom/testing";
import type { Locator, Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { findViolations } from "./board/find-violations.ts";
import { tabTo } from "./board/tab-to.ts";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

const isClean = async (page: Page) => expect(await findViolations(page)).toEqual([]);
const pathOf = (page: Page) => new URL(page.url()).pathname;

/** The company that a person has just founded, through the API. */
async function companyOf(person: { cookie: string }) {
  const board = createClient({ baseUrl: boardroom.url, headers: { cookie: person.cookie, origin: boardroom.url } });
  const [company] = await board.call("companies.list", { query: {} });
  if (!company) throw new Error("No company was founded");
  const params = { cid: company.id };
  return {
    agents: async () => (await board.call("agents.list", { params, query: {} })).map(({ name }) => name).sort(),
    issues: async () => (await board.call("issues.list", { params, query: {} })).map(({ title }) => title).sort(),
  };
}

it("a company is begun on a phone: named, given a goal and a CEO, whose plan is approved in part", async () => {
  const person = await boardroom.signUp();
  const page = await browser.open(boardroom.url, "/", { person });
  await page.getByLabel("Company name").fill("Harbour Street Bakery");
  await page.getByRole("button", { name: "Create company" }).tap();

  await page.getByRole("heading", { name: "What is Harbour Street Bakery for?" }).waitFor();
  await isClean(page);
  await page.getByLabel("Find ten paying customers").tap();
  await page.getByRole("button", { name: "Next: its CEO" }).tap();

  await page.getByRole("heading", { name: "Hire its CEO" }).waitFor();
  await isClean(page);
  expect(await page.getByLabel("The demo agent").isChecked()).toBe(true);
  await page.getByRole("button", { name: "Hire and wake" }).tap();

  await page.getByRole("heading", { name: "Clara begins" }).waitFor();
  await page.getByText("First heartbeat", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Review the plan" }).tap();

  await page.getByRole("heading", { name: "How we begin" }).waitFor();
  await page.getByText("3 agents, 4 issues. Budgets: $45.00 a month.").waitFor();
  await isClean(page);
  await page.getByRole("checkbox", { name: /^Mara/ }).tap();
  await page.getByRole("checkbox", { name: /^Write the announcement/ }).tap();
  await page.getByText("2 agents, 3 issues. Budgets: $30.00 a month.").waitFor();
  await page.getByRole("button", { name: "Approve what is ticked" }).tap();

  await page.getByText("Approved. This is what it brought:").waitFor();
  await isClean(page);
  const company = await companyOf(person);
  expect(await company.agents()).toEqual(["Clara", "Emil", "Quinn"]);
  expect(await company.issues()).toEqual([
    "Build the first version",
    "Check the first version",
    "Decide what the first version does",
    "Propose how we begin",
  ]);
  await page.getByRole("list", { name: "Hired" }).getByRole("link", { name: "Emil" }).tap();
  await page.getByRole("heading", { level: 1, name: "Emil" }).waitFor();
});

it("the same by keyboard alone on a desktop, with a wish for changes first", async () => {
  const person = await boardroom.signUp();
  const page = await browser.open(boardroom.url, "/", { person, device: "desktop", tolerates: [refused(400)] });
  const button = (name: string | RegExp) => page.getByRole("button", { name });
  const pressOn = async (target: Locator, key = "Enter") => {
    await tabTo(page, target);
    await page.keyboard.press(key);
  };
  await tabTo(page, page.getByLabel("Company name"));
  await page.keyboard.type("Northwind Paper");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "What is Northwind Paper for?" }).waitFor();
  await isClean(page);
  await pressOn(button("Next: its CEO"));
  await page.getByRole("heading", { name: "Hire its CEO" }).waitFor();
  await isClean(page);
  await pressOn(button("Hire and wake"));
  await pressOn(page.getByRole("link", { name: "Review the plan" }));
  await page.getByText("3 agents, 4 issues.").waitFor();
  const plan = pathOf(page);
  await pressOn(button("Ask for changes"));
  await page.getByText("Say what should change.").waitFor();
  await tabTo(page, page.getByLabel("Note to Clara"));
  await page.keyboard.type("Smaller, please");
  await pressOn(button("Ask for changes"));
  // The demo's CEO answers with a smaller plan, which the page shows by itself.
  await page.getByText("2 agents, 3 issues. Budgets: $30.00 a month.").waitFor();
  expect(pathOf(page)).toBe(plan);
  await pressOn(page.getByRole("checkbox", { name: /^Quinn/ }), "Space");
  await page.getByText("1 agent, 3 issues. Budgets: $20.00 a month.").waitFor();
  await pressOn(button("Approve what is ticked"));
  await page.getByText("Approved. This is what it brought:").waitFor();
  const company = await companyOf(person);
  expect(await company.agents()).toEqual(["Clara", "Emil"]);
  await isClean(page);
});

it("a CEO of one's own server keeps waiting for its secret: who left the page that showed it makes another", async () => {
  const server = await startAgent(behaviours.accept());
  onTestFinished(() => server.stop());
  const { company, owner } = await boardroom.newCompany({ name: "Northwind Paper" });
  const start = `/${company.issuePrefix.toLowerCase()}/start/ceo`;
  const page = await browser.open(boardroom.url, start, { person: owner });
  await page.getByLabel("A webhook").tap();
  await page.getByLabel("Address of the webhook").fill(server.url);
  await page.getByRole("button", { name: "Hire and wake" }).tap();
  await page.getByRole("heading", { level: 1, name: "Connect Clara" }).waitFor();
  const secret = page.getByRole("region", { name: "Signing secret" }).locator("code");
  const first = await secret.textContent();
  await page.getByRole("link", { name: "Skip", exact: true }).tap();
  await page.getByRole("heading", { level: 1, name: "Northwind Paper" }).waitFor();

  await page.goto(start);
  await page.getByRole("button", { name: "Make another secret" }).tap();
  await isClean(page);
  const second = (await secret.textContent()) ?? "";
  expect(second).toMatch(/^whsec_/);
  expect(second).not.toBe(first);
  server.trust(second);
  await page.getByRole("button", { name: "It is in place: wake Clara" }).tap();
  await server.webhook();
  await page.getByText("First heartbeat", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Back" }).tap();
  await page.getByText("Clara is hired already.").waitFor();
});
