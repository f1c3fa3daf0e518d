import { useBoardroom } from "@boardroom/testing";
import { it } from "vitest";
import { readMailLink } from "./board/read-mail-link.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

it("sets a new password through the mailbox; the link works once and the old password no more", async () => {
  const { company, owner } = await boardroom.newCompany({ name: "Northwind Paper" });
  const page = await browser.open(boardroom.url, "/sign-in", { tolerates: [/status of 40[01]/] });
  await page.getByRole("link", { name: "Forgot password" }).click();
  // Both pages have a field of this name.
  await page.getByRole("heading", { name: "Forgot password" }).waitFor();
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByRole("button", { name: "Send the link" }).click();
  await page.getByText("the link is on its way").waitFor();
  const link = await readMailLink(boardroom.addresses.mailboxUrl, owner.email, "Set a new password");
  await page.goto(link);
  await page.getByLabel("New password").fill("eleven calm horses");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByText("Your new password is set").waitFor();

  const signIn = async (password: string) => {
    await page.getByLabel("E-mail").fill(owner.email);
    await page.getByLabel("Password").fill(password);
    await page.getByRole("button", { name: "Sign in" }).click();
  };
  await signIn(owner.password);
  await page.getByRole("alert").waitFor();
  await signIn("eleven calm horses");
  await page.getByRole("heading", { level: 1, name: company.name }).waitFor();
  await page.goto(link);
  await page.getByLabel("New password").fill("twelve calm horses");
  await page.getByRole("button", { name: "Set password" }).click();
  await page.getByRole("alert").filter({ hasText: "link" }).waitFor();
});
