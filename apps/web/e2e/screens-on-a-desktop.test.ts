import { useBoardroom } from "@boardroom/testing";
import { beforeAll, expect, it } from "vitest";
import { boardScreensOf, strangerScreensOf } from "./board/board-screens.ts";
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
  inspectScreens(boardroom, browser, "desktop", { company, paths, isStranger });

it("every screen of a desktop is accessible", async () => {
  expect(await inspect([...openScreens, ...strangerScreensOf(board)], true)).toEqual({});
  expect(await inspect(screensOf(company))).toEqual({});
}, 300_000);

it("so is every screen about machines", async () => {
  expect(await inspect(machineScreensOf(company))).toEqual({});
}, 300_000);

it("so is every screen by which a board decides", async () => {
  expect(await inspect(boardScreensOf(company, board))).toEqual({});
}, 300_000);
