import { type TestCompany, useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { holdAndCarry, holdUntil } from "./browser/touch.ts";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

async function foundCompany(titles: readonly string[]) {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const params = { cid: company.cid };
  const issues = [];
  for (const title of titles) issues.push(await company.board.call("issues.create", { params, body: { title } }));
  return { company, issues, base: `/${company.company.issuePrefix.toLowerCase()}` };
}

const readIssue = ({ board }: TestCompany, id: string) => board.call("issues.get", { params: { id } });
const statusOf = (company: TestCompany, id: string) => async () => (await readIssue(company, id)).status;
const focused = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");
const first = <T>([item]: readonly T[]): T => {
  if (item === undefined) throw new Error("There is none");
  return item;
};

it("on a phone a card is held and carried to another column, goes back by undo or when refused, and says what blocks it", async () => {
  const { company, issues, base } = await foundCompany(["Compare paper suppliers"]);
  const issue = first(issues);
  const criteria = [{ text: "Three offers are compared" }];
  await company.board.call("criteria.replace", { params: { id: issue.id }, body: { criteria } });
  const path = `${base}/issues?view=board`;
  const page = await browser.open(boardroom.url, path, { person: company.owner, tolerates: [refused(422)] });
  const card = page.locator(".kanban-card", { hasText: "Compare paper suppliers" });
  const tab = (name: string) => page.getByRole("navigation", { name: "Columns" }).getByRole("link", { name });
  const inColumn = (name: string) =>
    page.getByRole("region", { name, exact: true }).getByText("Compare paper suppliers");
  const carry = async (to: string) => {
    await page.locator("[data-drags]").waitFor();
    await card.scrollIntoViewIfNeeded();
    await tab(to).scrollIntoViewIfNeeded();
    await holdAndCarry(page, card, tab(to), () => page.locator(".kanban-frame[data-dragging]").waitFor());
  };
  // It opens where there are cards: the backlog before it is empty.
  await expect.poll(() => tab("To do").getAttribute("aria-current")).toBe("page");
  expect([...(await findMisfits(page)), ...(await findViolations(page))]).toEqual([]);

  await carry("In progress");
  await inColumn("In progress").waitFor();
  await expect.poll(statusOf(company, issue.id)).toBe("in_progress");
  await page.getByRole("button", { name: "Undo" }).tap();
  await inColumn("To do").waitFor();
  await expect.poll(statusOf(company, issue.id)).toBe("todo");

  await carry("In progress");
  await expect.poll(statusOf(company, issue.id)).toBe("in_progress");
  await carry("Done");
  await page.getByText(`${issue.identifier} stays In progress: What shows that it is done is missing`).waitFor();
  await inColumn("In progress").waitFor();

  await carry("Blocked");
  const why = page.getByRole("dialog", { name: `What stops ${issue.identifier}?` });
  await why.getByLabel("What they do").fill("Send the price list");
  expect(await findViolations(page)).toEqual([]);
  await why.getByRole("button", { name: "Mark as blocked" }).tap();
  await inColumn("Blocked").waitFor();
  expect(await readIssue(company, issue.id)).toMatchObject({ status: "blocked", blockedAction: "Send the price list" });
});

it("on a desktop cards are walked by arrows, moved by Shift and arrow or by a numbered menu, and dragged by mouse", async () => {
  const { company, issues, base } = await foundCompany(["Order samples", "Compare paper suppliers"]);
  const issue = issues[1] ?? first(issues);
  const page = await browser.open(boardroom.url, `${base}/issues?view=board`, {
    device: "desktop",
    person: company.owner,
  });
  await page.keyboard.press("j");
  expect(await focused(page)).toBe("Compare paper suppliers");
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe("Order samples");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Shift+ArrowRight");
  const inProgress = page.getByRole("region", { name: "In progress" });
  await inProgress.getByText("Compare paper suppliers").waitFor();
  await expect.poll(() => focused(page)).toBe("Compare paper suppliers");
  await expect.poll(statusOf(company, issue.id)).toBe("in_progress");
  await page.keyboard.press("ArrowLeft");
  expect(await focused(page)).toBe("Order samples");
  await page.keyboard.press("ArrowRight");

  await page.keyboard.press("m");
  const menu = page.getByRole("dialog", { name: `Move ${issue.identifier}` });
  await menu.getByRole("button", { name: "In review" }).waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("Escape");
  await menu.waitFor({ state: "detached" });
  await expect.poll(() => focused(page)).toBe("Compare paper suppliers");
  await page.keyboard.press("m");
  await menu.waitFor();
  await page.keyboard.press("3");
  await page.getByRole("region", { name: "In review" }).getByText("Compare paper suppliers").waitFor();
  await expect.poll(statusOf(company, issue.id)).toBe("in_review");

  await page.locator("[data-drags]").waitFor();
  await page.locator(".kanban-card", { hasText: "Compare paper suppliers" }).hover();
  await page.mouse.down();
  const target = await inProgress.boundingBox();
  if (!target) throw new Error("There is no such column");
  await page.mouse.move(target.x + 60, target.y + 160, { steps: 6 });
  await page.locator(".kanban-frame[data-dragging]").waitFor();
  await page.mouse.up();
  await inProgress.getByText("Compare paper suppliers").waitFor();
  await expect.poll(statusOf(company, issue.id)).toBe("in_progress");
});

it("without JavaScript a card is moved by its menu, and chosen issues are changed together", async () => {
  const { company, issues, base } = await foundCompany(["Order samples", "Compare paper suppliers"]);
  const page = await browser.open(boardroom.url, `${base}/issues?view=board`, {
    person: company.owner,
    javaScriptEnabled: false,
  });
  const issue = first(issues);
  await page.getByRole("link", { name: `Move ${issue.identifier}` }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Backlog" }).click();
  await page.getByRole("region", { name: "Backlog" }).getByText("Order samples").waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);

  await page.getByRole("link", { name: "List" }).click();
  await page.getByRole("link", { name: "Select issues" }).click();
  for (const each of issues) await page.getByLabel(`Select ${each.identifier}`).check();
  const bar = page.getByRole("form", { name: "Change the chosen issues" });
  await bar.getByLabel("Priority").selectOption("High");
  await bar.getByRole("button", { name: "Apply" }).click();
  await page.getByText("2 changed.").waitFor();
  expect(await readIssue(company, issue.id)).toMatchObject({ priority: "high", status: "backlog" });
});

it("several issues are chosen by key and changed at once, with what refuses and why, and the way back", async () => {
  const { company, issues, base } = await foundCompany(["Order samples", "Compare paper suppliers"]);
  const params = { cid: company.cid };
  const label = await company.board.call("labels.create", { params, body: { name: "Shops", color: "#2563eb" } });
  const [samples, suppliers] = [first(issues), issues[1] ?? first(issues)];
  await company.board.call("issues.update", { params: { id: suppliers.id }, body: { status: "in_progress" } });
  const page = await browser.open(boardroom.url, `${base}/issues`, { device: "desktop", person: company.owner });
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  await page.keyboard.press("j");
  await page.keyboard.press("x");
  const bar = page.getByRole("form", { name: "Change the chosen issues" });
  await bar.getByText("2 selected").waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("e");
  expect(await page.evaluate(() => document.activeElement?.getAttribute("aria-label"))).toBe("State");
  await bar.getByLabel("State").selectOption("In review");
  await bar.getByLabel("Add label").selectOption("Shops");
  await bar.getByRole("button", { name: "Apply" }).click();

  await page.getByText("1 issue stayed as it was:").waitFor();
  await page.locator(".refused").getByRole("link", { name: samples.identifier }).waitFor();
  await bar.getByText("1 selected").waitFor();
  expect(await readIssue(company, suppliers.id)).toMatchObject({ status: "in_review", labelIds: [label.id] });
  await page.getByRole("button", { name: "Undo" }).click();
  await page.getByText("As it was before").waitFor();
  expect(await readIssue(company, suppliers.id)).toMatchObject({ status: "in_progress", labelIds: [] });
});

it("on a phone a long press chooses, and labels are made, worn, merged and deleted", async () => {
  const { company, issues, base } = await foundCompany(["Order samples"]);
  const issue = first(issues);
  const page = await browser.open(boardroom.url, `${base}/settings/labels`, { person: company.owner });
  for (const name of ["Shops", "Customers"]) {
    await page.getByRole("link", { name: "New label" }).tap();
    const sheet = page.getByRole("dialog", { name: "New label" });
    await sheet.getByLabel("Name").fill(name);
    await sheet.getByLabel("Teal").check();
    await sheet.getByRole("button", { name: "Make the label" }).tap();
    await page.getByRole("link", { name, exact: true }).waitFor();
  }
  await page.goto(`${base}/issues/${issue.identifier}?sheet=labels`);
  const labels = page.getByRole("dialog", { name: "Labels" });
  await labels.getByLabel("Shops").check();
  await labels.getByLabel("New label").fill("Urgent");
  await labels.getByRole("button", { name: "Save" }).tap();
  await page.getByRole("link", { name: "Change labels: Shops Urgent" }).waitFor();

  await page.goto(`${base}/settings/labels`);
  await page.getByRole("link", { name: "Shops", exact: true }).tap();
  await page.getByRole("dialog").getByRole("link", { name: "Merge" }).tap();
  await page.getByRole("dialog").getByLabel("Into").selectOption("Customers");
  await page.getByRole("dialog").getByRole("button", { name: "Merge" }).tap();
  await page.getByRole("link", { name: "Shops", exact: true }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "Urgent", exact: true }).tap();
  await page.getByRole("dialog").getByRole("link", { name: "Delete" }).tap();
  await page.getByText("It comes off 1 issue").waitFor();
  await page.getByRole("button", { name: "Delete the label" }).tap();
  await page.getByRole("link", { name: "Urgent", exact: true }).waitFor({ state: "detached" });
  await page.getByRole("link", { name: "1 issue" }).tap();
  await page.getByRole("heading", { level: 1, name: "Issues" }).waitFor();

  const row = page.locator(".issue-row", { hasText: "Order samples" });
  await holdUntil(page, row, () => page.getByText("1 selected").waitFor());
  expect(new URL(page.url()).pathname).toBe(`${base}/issues`);
  expect([...(await findMisfits(page)), ...(await findViolations(page))]).toEqual([]);
});

it("search is a key away, finds as one types, is walked by arrows, remembers, and says when there is nothing", async () => {
  const { company, base } = await foundCompany(["Order samples", "Compare paper suppliers"]);
  const page = await browser.open(boardroom.url, base, { device: "desktop", person: company.owner });
  await page.keyboard.press("/");
  const field = page.getByRole("searchbox", { name: "Search" });
  await field.waitFor();
  await page.keyboard.type("suppl");
  const hit = page.getByRole("link", { name: "Compare paper suppliers" });
  await hit.locator("mark", { hasText: "suppliers" }).waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("ArrowDown");
  expect(await focused(page)).toBe("Compare paper suppliers");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Compare paper suppliers" }).waitFor();

  await page.keyboard.press("/");
  await page.getByRole("region", { name: "Searched lately" }).getByRole("link", { name: "suppl" }).click();
  await hit.waitFor();
  await field.fill("zzzzzz");
  await page.getByText("Nothing has “zzzzzz” in it.").waitFor();
});

it("the palette goes, does and finds by keys alone", async () => {
  const { company, base } = await foundCompany(["Compare paper suppliers"]);
  const page = await browser.open(boardroom.url, base, { device: "desktop", person: company.owner });
  await page.keyboard.press("Control+k");
  const palette = page.getByRole("dialog", { name: "Commands" });
  const field = palette.getByRole("combobox");
  await field.waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.type("routi");
  await palette.getByRole("option", { name: "Routines", selected: true }).waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Routines" }).waitFor();
  await palette.waitFor({ state: "detached" });

  await page.keyboard.press("Control+k");
  await field.fill("paper suppl");
  await palette.getByRole("option", { name: /Compare paper suppliers/ }).waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Compare paper suppliers" }).waitFor();
});

it("Home counts what changed since the visit before, and each figure opens it", async () => {
  const { company, issues, base } = await foundCompany(["Compare paper suppliers"]);
  const params = { id: first(issues).id };
  for (const status of ["in_progress", "done"] as const)
    await company.board.call("issues.update", { params, body: { status } });
  const page = await browser.open(boardroom.url, base, { person: company.owner });
  const news = page.getByRole("region", { name: "Since your last visit" });
  expect(await news.count()).toBe(0);
  const name = `visit-${company.cid}`;
  const hoursAgo = Date.now() - 3 * 3_600_000;
  await page.context().addCookies([{ name, value: `0.${hoursAgo}`, url: boardroom.url }]);
  await page.reload();
  await news.getByText("3 h ago").waitFor();
  await news.getByRole("link", { name: "1 issue done" }).tap();
  await page.getByRole("link", { name: "Compare paper suppliers" }).waitFor();
});
