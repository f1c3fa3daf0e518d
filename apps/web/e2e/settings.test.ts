import { BoardroomError } from "@boardroom/contract";
import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { refused } from "./browser/watch-page.ts";
import { type PageOptions, useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

const open = ({ company, owner }: TestCompany, options: PageOptions = {}) =>
  browser.open(boardroom.url, `/${company.issuePrefix.toLowerCase()}/settings`, { person: owner, ...options });

it("forces a theme over the system's, also after a reload", async () => {
  const page = await open(await boardroom.newCompany({ name: "Northwind Paper" }));
  const background = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await background();
  await page.getByRole("button", { name: "Dark" }).click();
  await page.locator("html[data-theme=dark]").waitFor();
  const dark = await background();
  expect(dark).not.toBe(light);
  await page.reload();
  expect(await background()).toBe(dark);
  await page.getByRole("button", { name: "Like the system" }).click();
  await expect.poll(background).toBe(light);
});

it("limits how large attachments may be, in megabytes, and says at the field what is too much", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const page = await open(company, { tolerates: [refused(400)] });
  const field = page.getByLabel("Largest attachment in MB");
  const saveCompany = () => page.getByRole("button", { name: "Save", exact: true }).click();
  expect(await field.inputValue()).toBe("26.2144");
  await field.fill("0");
  await saveCompany();
  await page.getByText("Write a size like 25 or 0.5, at most 2000.").waitFor();
  await field.fill("0.5");
  await saveCompany();
  await page.getByText("Saved.").waitFor();
  expect(await company.board.call("companies.get", { params: { cid: company.cid } })).toMatchObject({
    attachmentMaxBytes: 500_000,
  });
});

it("makes a board key that works, shows it once, and revokes it", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const page = await open(company);
  await page.getByLabel("New key").fill("Reporting script");
  await page.getByRole("button", { name: "Make a key" }).click();
  const shown = page.getByRole("region", { name: "Key Reporting script" }).locator("code");
  const token = (await shown.textContent()) ?? "";
  const client = boardroom.clientWith(token);
  expect(await client.call("companies.get", { params: { cid: company.cid } })).toMatchObject({ id: company.cid });

  await page.reload();
  expect(await page.content()).not.toContain(token);
  await page.getByText("Revoke", { exact: true }).click();
  await page.getByRole("button", { name: "Revoke it" }).click();
  await page.getByText("Revoked", { exact: true }).waitFor();
  const refusal = await client.call("companies.get", { params: { cid: company.cid } }).catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(BoardroomError);
  expect(refusal).toMatchObject({ status: 401 });
});

it("signs out everywhere: another browser's session ends too", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { email, password } = company.owner;
  const other = await browser.open(boardroom.url, "/sign-in");
  await other.getByLabel("E-mail").fill(email);
  await other.getByLabel("Password").fill(password);
  await other.getByRole("button", { name: "Sign in" }).click();
  await other.getByRole("heading", { level: 1, name: "Northwind Paper" }).waitFor();
  const page = await open(company);
  await page.getByRole("button", { name: "Sign out everywhere" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await other.goto(`/${company.company.issuePrefix.toLowerCase()}`);
  await other.getByRole("heading", { name: "Sign in" }).waitFor();
});
