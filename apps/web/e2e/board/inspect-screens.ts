import type { TestBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { type Device, type TestBrowser, waitForHydration } from "../browser.ts";
import { findMisfits } from "./find-misfits.ts";
import { findLowContrasts, findViolations } from "./find-violations.ts";
import { makePaperCompany } from "./paper-company.ts";
import { openScreens, screensOf } from "./screens.ts";

/** What is wrong with each screen of the board on this device, by its address; nothing where all is well. */
export async function inspectScreens(
  boardroom: TestBoardroom,
  browser: TestBrowser,
  device: Device,
): Promise<Record<string, string[]>> {
  const company = await makePaperCompany(boardroom, "Harbour Bindery");
  const troubles: Record<string, string[]> = {};
  const visits = [
    { person: undefined, paths: openScreens },
    { person: company.owner, paths: [...screensOf(company), `${company.base}/nowhere`] },
  ];
  for (const { person, paths } of visits) {
    const page = await browser.open(boardroom.url, "/sign-in", { device, person, tolerates: [/status of 404/] });
    for (const path of paths) {
      await page.emulateMedia({ colorScheme: "light" });
      await page.goto(path);
      await waitForHydration(page);
      const found = await inspect(page, device);
      if (found.length > 0) troubles[path.replace(company.base, "")] = found;
    }
  }
  return troubles;
}

async function inspect(page: Page, device: Device): Promise<string[]> {
  const misfits = device === "phone" ? await findMisfits(page) : [];
  const light = await findViolations(page);
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await findLowContrasts(page);
  return [...misfits, ...light, ...dark.map((violation) => `dark: ${violation}`)];
}
