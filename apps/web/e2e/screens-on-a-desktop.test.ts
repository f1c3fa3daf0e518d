import { useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { inspectScreens } from "./board/inspect-screens.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

it("every screen of a desktop is accessible in light and dark", async () => {
  expect(await inspectScreens(boardroom, browser, "desktop")).toEqual({});
}, 300_000);
