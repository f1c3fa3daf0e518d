import { createClient } from "@boardroom/contract";
import { useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { findViolations } from "./board/find-violations.ts";
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
  await page.getByRole("button", { name: "Create company" }).click();

  await page.getByRole("heading", { name: "What is Harbour Street Bakery for?" }).waitFor();
  await isClean(page);
  await page.getByLabel("Find ten paying customers").check();
  await page.getByRole("button", { name: "Next: its CEO" }).click();

  await page.getByRole("heading", { name: "Hire its CEO" }).waitFor();
  await isClean(page);
  expect(await page.getByLabel("The demo agent").isChecked()).toBe(true);
  await page.getByRole("button", { name: "Hire and wake" }).click();

  await page.getByRole("heading", { name: "Clara begins" }).waitFor();
  await page.getByText("First heartbeat", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Review the plan" }).click();

  await page.getByRole("heading", { name: "How we begin" }).waitFor();
  await page.getByText("3 agents, 4 issues. Budgets: $45.00 a month.").waitFor();
  await isClean(page);
  await page.getByRole("checkbox", { name: /^Mara/ }).uncheck();
  await page.getByRole("checkbox", { name: /^Write the announcement/ }).uncheck();
  await page.getByText("2 agents, 3 issues. Budgets: $30.00 a month.").waitFor();
  await page.getByRole("button", { name: "Approve what is ticked" }).click();

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
  await page.getByRole("list", { name: "Hired" }).getByRole("link", { name: "Emil" }).click();
  await page.getByRole("heading", { level: 1, name: "Emil" }).waitFor();
});

it("the same by keyboard alone on a desktop, with a wish for changes first", async () => {
  const person = await boardroom.signUp();
  const page = await browser.open(boardroom.url, "/", { person, device: "desktop" });
  const press = async (key: string, times = 1) => {
    for (let at = 0; at < times; at += 1) await page.keyboard.press(key);
  };
  /** Tab by Tab to what has this name, as somebody without a mouse goes. */
  const tabTo = async (name: RegExp) => {
    for (let stop = 0; stop < 80; stop += 1) {
      const text = await page.evaluate(() => {
        const at = document.activeElement;
        if (!at || at === document.body) return "";
        const labels =
          at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement
            ? [...(at.labels ?? [])].map((each) => each.textContent)
            : [];
        return [at.getAttribute("aria-label"), ...labels, at.textContent].filter(Boolean).join(" ").trim();
      });
      if (name.test(text)) return;
      await page.keyboard.press("Tab");
    }
    throw new Error(`Tab never reached ${name}`);
  };
  await tabTo(/^Company name/);
  await page.keyboard.type("Northwind Paper");
  await press("Enter");
  await page.getByRole("heading", { name: "What is Northwind Paper for?" }).waitFor();
  await tabTo(/Next: its CEO/);
  await press("Enter");
  await page.getByRole("heading", { name: "Hire its CEO" }).waitFor();
  await tabTo(/Hire and wake/);
  await press("Enter");
  await page.getByRole("link", { name: "Review the plan" }).waitFor();
  await tabTo(/Review the plan/);
  await press("Enter");
  await page.getByText("3 agents, 4 issues.").waitFor();
  const plan = pathOf(page);
  await tabTo(/Add a note/);
  await press("Enter");
  await tabTo(/Note to Clara/);
  await page.keyboard.type("Smaller, please");
  await tabTo(/Ask for changes/);
  await press("Enter");
  // The demo's CEO answers with a smaller plan, which the page shows by itself.
  await page.getByText("2 agents, 3 issues. Budgets: $30.00 a month.").waitFor();
  expect(pathOf(page)).toBe(plan);
  await tabTo(/^Quinn/);
  await press("Space");
  await page.getByText("1 agent, 3 issues. Budgets: $20.00 a month.").waitFor();
  await tabTo(/Approve what is ticked/);
  await press("Enter");
  await page.getByText("Approved. This is what it brought:").waitFor();
  const company = await companyOf(person);
  expect(await company.agents()).toEqual(["Clara", "Emil"]);
  await isClean(page);
});
