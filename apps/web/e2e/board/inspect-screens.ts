import type { TestBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { type Device, type TestBrowser, waitForHydration } from "../browser.ts";
import { findMisfits } from "./find-misfits.ts";
import { findLowContrasts, findViolations } from "./find-violations.ts";
import type { PaperCompany } from "./paper-company.ts";

export interface Visit {
  company: Pick<PaperCompany, "base" | "owner">;
  paths: readonly string[];
  /** Nobody is signed in. */
  isStranger?: boolean | undefined;
}

/** What is wrong with each of these screens on this device, by its address; nothing where all is well. */
export async function inspectScreens(
  { url }: TestBoardroom,
  browser: TestBrowser,
  device: Device,
  { company, paths, isStranger = false }: Visit,
): Promise<Record<string, string[]>> {
  const troubles: Record<string, string[]> = {};
  const page = await browser.open(url, "/sign-in", {
    device,
    tolerates: [/status of 404/],
    ...(!isStranger && { person: company.owner }),
  });
  for (const path of paths) {
    await page.emulateMedia({ colorScheme: "light" });
    await page.goto(path);
    await waitForHydration(page);
    const found = await inspect(page, device);
    if (found.length > 0) troubles[path.replace(company.base, "")] = found;
  }
  return troubles;
}

async function inspect(page: Page, device: Device): Promise<string[]> {
  const misfits = device === "phone" ? await findMisfits(page) : [];
  const light = await findViolations(page);
  // Colours are the same on both devices, so the phone's screens tell of the dark ones.
  if (device === "desktop") return light;
  await page.emulateMedia({ colorScheme: "dark" });
  const dark = await findLowContrasts(page);
  return [...misfits, ...light, ...dark.map((violation) => `dark: ${violation}`)];
}
