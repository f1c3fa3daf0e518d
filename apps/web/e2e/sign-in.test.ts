import { useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

async function signIn(page: Page, email: string, password: string): Promise<void> {
  await page.getByLabel("E-mail").fill(email);
  await page.getByLabel("Password").fill(password);
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Sign in" }).click();
  await answer;
}

it("says that a password is wrong without saying whether the address is known, and keeps what was typed", async () => {
  const { company, owner } = await boardroom.newCompany({ name: "Northwind Paper" });
  const page = await browser.open(boardroom.url, "/", { tolerates: [refused(401), refused(400)] });
  await signIn(page, owner.email, "not the password");
  const known = await page.getByRole("alert").textContent();
  expect(await page.getByLabel("E-mail").inputValue()).toBe(owner.email);
  await signIn(page, "nobody@example.com", "not the password");
  await expect.poll(() => page.getByRole("alert").textContent()).toBe(known);
  await signIn(page, owner.email, owner.password);
  await page.getByRole("heading", { level: 1, name: company.name }).waitFor();
});
