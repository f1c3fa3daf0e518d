import { useBoardroom } from "@boardroom/testing";
import { beforeAll, expect, it } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { makePaperCompany, type PaperCompany } from "./board/paper-company.ts";
import { openScreens, screensOf } from "./board/screens.ts";
import { type Device, useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();
let company: PaperCompany;
beforeAll(async () => {
  company = await makePaperCompany(boardroom, "Harbour Bindery");
});

/** What is wrong with each screen, by its address; nothing where all is well. */
async function inspectScreens(device: Device): Promise<Record<string, string[]>> {
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
      await page.getByRole("heading").first().waitFor();
      const found = [...(device === "phone" ? await findMisfits(page) : []), ...(await findViolations(page))];
      await page.emulateMedia({ colorScheme: "dark" });
      found.push(...(await findViolations(page, ["color-contrast"])).map((violation) => `dark: ${violation}`));
      if (found.length > 0) troubles[path.replace(company.base, "")] = found;
    }
  }
  return troubles;
}

it("every screen of a phone is accessible in light and dark, fits its width, and has targets for a finger", async () => {
  expect(await inspectScreens("phone")).toEqual({});
}, 120_000);

it("every screen of a desktop is accessible in light and dark", async () => {
  expect(await inspectScreens("desktop")).toEqual({});
}, 120_000);
