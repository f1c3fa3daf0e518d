import { useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

async function openDesktop(path: string) {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  for (const title of ["Compare paper suppliers", "Order samples"]) {
    await company.board.call("issues.create", { params: { cid: company.cid }, body: { title } });
  }
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const page = await browser.open(boardroom.url, base + path, { device: "desktop", person: company.owner });
  return { page, base };
}

const pathOf = (page: Page) => new URL(page.url()).pathname;
const focusedText = (page: Page) => page.evaluate(() => document.activeElement?.textContent ?? "");
/** Whether what has the focus, or the row it stands for, shows it by an outline or a shadow drawn as one. */
const showsFocus = (page: Page) =>
  page.evaluate(() => {
    const focused = document.activeElement ?? document.body;
    return [focused, focused.closest(".row")].some((element) => {
      const style = element && getComputedStyle(element);
      const hasOutline = style?.outlineStyle !== "none" && Number.parseFloat(style?.outlineWidth ?? "0") >= 1;
      return style !== null && (hasOutline || style?.boxShadow !== "none");
    });
  });

it("goes places by keys: c writes an issue, g i opens the inbox, and typing in a field triggers nothing", async () => {
  const { page, base } = await openDesktop("");
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
  await expect.poll(() => pathOf(page)).toBe(`${base}/inbox`);
  await page.keyboard.press("c");
  await page.getByRole("heading", { level: 1, name: "New issue" }).waitFor();
  await page.getByLabel("Title").focus();
  await page.keyboard.type("gic?");
  expect(await page.getByLabel("Title").inputValue()).toBe("gic?");
  expect(pathOf(page)).toBe(`${base}/issues/new`);
});

it("j and k move along the rows with a visible focus, Enter opens one", async () => {
  const { page, base } = await openDesktop("/issues");
  await page.keyboard.press("j");
  expect(await focusedText(page)).toContain("Order samples");
  expect(await showsFocus(page)).toBe(true);
  await page.keyboard.press("j");
  expect(await focusedText(page)).toContain("Compare paper suppliers");
  await page.keyboard.press("k");
  expect(await focusedText(page)).toContain("Order samples");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "Order samples" }).waitFor();
  expect(pathOf(page)).toMatch(new RegExp(`^${base}/issues/`));
});

it("? lists the keys in a dialog that Escape closes", async () => {
  const { page } = await openDesktop("");
  await page.keyboard.press("?");
  const help = page.getByRole("dialog", { name: "Keys" });
  await help.getByText("Create an issue").waitFor();
  await page.keyboard.press("Escape");
  await help.waitFor({ state: "hidden" });
});

it("the first Tab offers to skip to the content, and every stop after it shows its focus", async () => {
  const { page } = await openDesktop("/issues");
  await page.keyboard.press("Tab");
  expect(await focusedText(page)).toBe("Skip to content");
  expect(await page.getByRole("link", { name: "Skip to content" }).isVisible()).toBe(true);
  for (let stop = 0; stop < 12; stop += 1) {
    expect([await focusedText(page), await showsFocus(page)]).toEqual([await focusedText(page), true]);
    await page.keyboard.press("Tab");
  }
  await page.getByRole("link", { name: "Skip to content" }).focus();
  await page.keyboard.press("Enter");
  expect(await page.evaluate(() => document.activeElement?.id)).toBe("content");
});
