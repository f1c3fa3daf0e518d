import { useBoardroom } from "@boardroom/testing";
import { beforeAll, expect, it } from "vitest";
import { boardScreensOf, emptyScreens, strangerScreensOf } from "./board/board-screens.ts";
import { findMisfits } from "./board/find-misfits.ts";
import { findLowContrasts, findViolations } from "./board/find-violations.ts";
import { inspectScreens } from "./board/inspect-screens.ts";
import { addBoard, type PaperBoard } from "./board/paper-board.ts";
import { makePaperCompany, type PaperCompany } from "./board/paper-company.ts";
import { machineScreensOf, openScreens, screensOf } from "./board/screens.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();
let company: PaperCompany;
let board: PaperBoard;
beforeAll(async () => {
  company = await makePaperCompany(boardroom, "Harbour Bindery");
  board = await addBoard(boardroom, company);
}, 120_000);
const inspect = (paths: readonly string[], isStranger?: boolean) =>
  inspectScreens(boardroom, browser, "phone", { company, paths, isStranger });

it("every screen of a phone is accessible in light and dark, fits its width, and has targets for a finger", async () => {
  expect(await inspect([...openScreens, ...strangerScreensOf(board)], true)).toEqual({});
  expect(await inspect(screensOf(company))).toEqual({});
}, 300_000);

it("so is and does every screen about machines", async () => {
  expect(await inspect(machineScreensOf(company))).toEqual({});
}, 300_000);

it("so is and does every screen by which a board decides", async () => {
  expect(await inspect(boardScreensOf(company, board))).toEqual({});
}, 300_000);

it("so is and does every screen of a company in which nothing has happened yet", async () => {
  const { company: fresh, owner } = await boardroom.newCompany({ name: "Quiet Mill" });
  const base = `/${fresh.issuePrefix.toLowerCase()}`;
  const paths = emptyScreens.map((path) => base + path);
  expect(await inspectScreens(boardroom, browser, "phone", { company: { base, owner }, paths })).toEqual({});
}, 120_000);

it("the checks themselves see what is wrong", async () => {
  const page = await browser.open(boardroom.url, "/sign-in");
  expect([await findMisfits(page), await findViolations(page)]).toEqual([[], []]);
  await page.getByRole("button", { name: "Sign in" }).evaluate((button) => {
    button.style.cssText =
      "min-height: 0; height: 30px; width: 20px; overflow: hidden; white-space: nowrap; color: #aaa; background: #bbb";
    const wide = document.createElement("p");
    wide.style.width = "500px";
    wide.textContent = "Wide";
    const lid = document.createElement("div");
    lid.style.cssText = "position: fixed; inset: 0";
    button.after(wide, document.createElement("input"), lid);
  });
  const misfits = (await findMisfits(page)).join("\n");
  for (const misfit of [
    /the page is \d+ px wide/,
    /"Wide" ends at/,
    /"Sign in" is 30 px high/,
    /"Sign in" is clipped/,
    /"Sign in" lies below div/,
  ]) {
    expect(misfits).toMatch(misfit);
  }
  const violations = (await findViolations(page)).join("\n");
  for (const rule of [/^color-contrast: /m, /^label: /m]) expect(violations).toMatch(rule);
  expect(await findLowContrasts(page)).toMatchObject([expect.stringMatching(/^color-contrast: .*sign-in/)]);
});
