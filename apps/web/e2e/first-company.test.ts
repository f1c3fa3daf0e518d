import { randomBytes } from "node:crypto";
import { useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

it("suggests a prefix from the name, says at the field that one is taken and which is free, and takes that", async () => {
  const { company: other } = await boardroom.newCompany();
  const taken = other.issuePrefix;
  const person = await boardroom.signUp();
  const page = await browser.open(boardroom.url, "/", { person, tolerates: [refused(400)] });
  await page.getByRole("heading", { name: "Name your company" }).waitFor();
  const prefix = page.getByLabel("Issue prefix");
  await page.getByLabel("Company name").fill("Harbour Street Bakery");
  expect(await prefix.inputValue()).toBe("HSB");

  await prefix.fill(taken.toLowerCase());
  const hint = page.getByText(/^Taken\. [A-Z0-9]+ is free\.$/);
  await hint.waitFor();
  const answer = page.waitForResponse((response) => response.request().method() === "POST");
  await page.getByRole("button", { name: "Create company" }).click();
  expect((await answer).status()).toBe(400);
  await page.locator("#issue-prefix[aria-invalid=true]").waitFor();
  expect(await page.getByLabel("Company name").inputValue()).toBe("Harbour Street Bakery");

  const free = `B${randomBytes(4).toString("hex").toUpperCase()}`;
  await prefix.fill(free);
  await page.getByRole("button", { name: "Create company" }).click();
  await page.getByRole("heading", { name: "What is Harbour Street Bakery for?" }).waitFor();
  expect(new URL(page.url()).pathname).toBe(`/${free.toLowerCase()}/start`);
});
