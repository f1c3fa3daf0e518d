import { mkdir, writeFile } from "node:fs/promises";
import { useBoardroom } from "@boardroom/testing";
import { beforeAll, expect, it } from "vitest";
import { makePaperCompany, type PaperCompany } from "./board/paper-company.ts";
import { type Device, useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();
let company: PaperCompany;
beforeAll(async () => {
  company = await makePaperCompany(boardroom, "Northwind Paper");
});

const folder = new URL("../../../docs/screenshots/", import.meta.url);
const mostBytes = 300_000;

const pictures: { name: string; device: Device; path: (company: PaperCompany) => string }[] = [
  { name: "home-phone", device: "phone", path: () => "" },
  { name: "issue-phone", device: "phone", path: ({ issue }) => `/issues/${issue.identifier}` },
  { name: "inbox-phone", device: "phone", path: () => "/inbox" },
  { name: "home-desktop", device: "desktop", path: () => "" },
  { name: "issues-desktop", device: "desktop", path: () => "/issues" },
  { name: "run-desktop", device: "desktop", path: ({ runId }) => `/runs/${runId}` },
];

/** The pictures of README and docs are written only when asked for, so that tests leave the tree as it is. */
it.each(pictures)("shows $name with work that reads like a real company's", async ({ name, device, path }) => {
  const page = await browser.open(boardroom.url, company.base + path(company), { device, person: company.owner });
  await page.getByRole("heading", { level: 1 }).waitFor();
  await page.evaluate(() => document.fonts.ready);
  const picture = await page.screenshot();
  expect(picture.length).toBeLessThan(mostBytes);
  expect(await page.getByText(/lorem|undefined|NaN|\[object/).count()).toBe(0);
  if (process.env.UPDATE_SCREENSHOTS === "1") {
    await mkdir(folder, { recursive: true });
    await writeFile(new URL(`${name}.png`, folder), picture);
  }
});
