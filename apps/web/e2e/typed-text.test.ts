import { useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { refused } from "./browser/watch-page.ts";
import { useBrowser, waitForHydration } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

/** Holds what the page asks for until it is let go. */
async function hold(page: Page, url: RegExp): Promise<() => void> {
  const { promise: released, resolve: release } = Promise.withResolvers<void>();
  await page.route(url, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

it("keeps what was typed and chosen before the page's JavaScript ran", async () => {
  const { company, cid, owner, board } = await boardroom.newCompany({ name: "Northwind Paper" });
  const base = `/${company.issuePrefix.toLowerCase()}`;
  const body = { title: "Ten customers", description: "By the end of May.", level: "team" } as const;
  const goal = await board.call("goals.create", { params: { cid }, body });
  const page = await browser.open(boardroom.url, base, { person: owner });

  const release = await hold(page, /\/assets\/.*\.js$/);
  await page.goto(`${base}/goals/${goal.id}`, { waitUntil: "commit" });
  await page.getByLabel("Goal", { exact: true }).fill("Twenty customers");
  await page.getByLabel("Description").fill("By the end of June.");
  await page.getByLabel("Level").selectOption("company");
  release();
  await waitForHydration(page);
  const typed = async () => [
    await page.getByLabel("Goal", { exact: true }).inputValue(),
    await page.getByLabel("Description").inputValue(),
    await page.getByLabel("Level").inputValue(),
  ];
  expect(await typed()).toEqual(["Twenty customers", "By the end of June.", "company"]);
});

it("keeps what is typed while the answer to the form is on its way", async () => {
  const { owner } = await boardroom.newCompany();
  const page = await browser.open(boardroom.url, "/sign-in", { tolerates: [refused(401)] });
  const release = await hold(page, /\/sign-in\.data/);
  await page.getByLabel("E-mail").fill("nobody@example.com");
  await page.getByLabel("Password").fill("not the password");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("E-mail").fill(owner.email);
  release();
  await page.getByRole("alert").waitFor();
  expect(await page.getByLabel("E-mail").inputValue()).toBe(owner.email);
});
