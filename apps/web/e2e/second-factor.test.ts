import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { totp } from "@boardroom/testing/totp";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

/** Reads the key off the page, as somebody without a camera does. */
async function readKey(page: Page): Promise<string> {
  await page.getByText("Type the key instead").click();
  return ((await page.locator("details code").textContent()) ?? "").replaceAll(" ", "");
}

async function signIn(page: Page, { owner }: TestCompany): Promise<void> {
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Enter the code" }).waitFor();
}

async function press(page: Page, field: string, value: string, button: string): Promise<void> {
  await page.getByLabel(field, { exact: true }).fill(value);
  await page.getByRole("button", { name: button }).click();
}

it("on a phone one turns it on, signs in with a code, and turns it off", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const tolerates = [refused(400), refused(401)];
  const page = await browser.open(boardroom.url, `${base}/settings`, { person: company.owner, tolerates });
  await page.getByRole("link", { name: "Second factor" }).click();
  await press(page, "Your password", "not the password", "Set it up");
  await page.getByText("This is not your password.").waitFor();
  await press(page, "Your password", company.owner.password, "Set it up");
  await page.getByRole("img", { name: "The key as a QR code" }).waitFor();
  const key = await readKey(page);
  expect([...(await findViolations(page)), ...(await findMisfits(page))]).toEqual([]);
  await press(page, "Code", "000 000", "Turn it on");
  await page.getByText("This code is not right.").waitFor();
  const used = totp(key);
  await press(page, "Code", used, "Turn it on");
  await page.getByRole("region", { name: "Backup codes" }).waitFor();
  expect([...(await findViolations(page)), ...(await findMisfits(page))]).toEqual([]);
  await page.getByRole("link", { name: "I have kept them" }).click();
  await page.getByText("On: signing in asks for a code").waitFor();

  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await signIn(page, company);
  await page.goto(base);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await signIn(page, company);
  await press(page, "Code", used, "Sign in");
  await page.getByText("That code was used already.").waitFor();
  await signIn(page, company);
  await press(page, "Code", totp(key) === used ? totp(key, 1) : totp(key), "Sign in");
  await page.getByRole("heading", { level: 1, name: company.company.name }).waitFor();
  await page.goto(`/second-factor?next=${base}/settings`);
  await press(page, "Your password", company.owner.password, "Turn it off");
  await page.getByText("The second factor is off.").waitFor();
});

it("without JavaScript one turns it on and signs in with a backup code", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const options = { person: company.owner, javaScriptEnabled: false, tolerates: [refused(401)] };
  const page = await browser.open(boardroom.url, "/second-factor", options);
  await press(page, "Your password", company.owner.password, "Set it up");
  await press(page, "Code", totp(await readKey(page)), "Turn it on");
  const codes = await page.getByRole("region", { name: "Backup codes" }).locator("code").textContent();
  const [first = ""] = codes?.split("\n") ?? [];
  await page.getByRole("link", { name: "I have kept them" }).click();
  await page.getByRole("heading", { level: 1, name: company.company.name }).waitFor();

  const other = await browser.open(boardroom.url, "/sign-in", { javaScriptEnabled: false, tolerates: [refused(401)] });
  await signIn(other, company);
  await other.getByRole("link", { name: "Use a backup code" }).click();
  await press(other, "Backup code", "aaaaa-aaaaa", "Sign in");
  await other.getByText("none of your backup codes").waitFor();
  await press(other, "Backup code", first, "Sign in");
  await other.getByRole("heading", { level: 1, name: company.company.name }).waitFor();
});
