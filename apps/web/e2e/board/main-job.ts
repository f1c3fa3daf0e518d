import { randomBytes } from "node:crypto";
import type { TestAgent } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect } from "vitest";

/** Signs up, founds a company and writes a goal and a project, all by hand. Answers the company's path. */
export async function foundByHand(page: Page, name: string): Promise<string> {
  await page.getByLabel("Your name").fill("Nora Lindqvist");
  await page.getByLabel("E-mail").fill(`nora-${randomBytes(6).toString("hex")}@example.com`);
  await page.getByLabel("Password").fill(randomBytes(9).toString("base64url"));
  await page.getByRole("button", { name: "Create account" }).click();
  await page.getByLabel("Company name").fill(name);
  await page.getByRole("button", { name: "Create company" }).click();
  await page.getByRole("heading", { name: `What is ${name} for?` }).waitFor();
  const base = new URL(page.url()).pathname.replace("/start", "");
  await page.getByLabel("Find ten paying customers").check();
  await page.getByRole("button", { name: "Next: its CEO" }).click();
  await page.getByRole("heading", { name: "Hire its CEO" }).waitFor();
  await page.getByRole("link", { name: "Skip", exact: true }).click();
  await page.getByRole("region", { name: "Get it running" }).getByRole("link", { name: "Start" }).click();
  await page.getByLabel("Name").fill("Autumn catalogue");
  await page.getByLabel("Find ten paying customers").check();
  await page.getByRole("button", { name: "Start project" }).click();
  await page.getByRole("heading", { name: "Autumn catalogue" }).waitFor();
  return base;
}

/** Hires an agent by its URL, and gives its server the secret that the page shows this once. */
export async function hireByHand(page: Page, base: string, name: string, server: TestAgent): Promise<void> {
  await page.goto(`${base}/agents/new`);
  await page.getByLabel("Name").fill(name);
  await page.getByLabel("Title").fill("Researcher");
  await page.getByLabel("Webhook URL").fill(server.url);
  await page.getByText("More settings").click();
  await page.getByLabel("Answer within (seconds)").fill("25");
  await page.getByRole("button", { name: "Hire" }).click();
  await page.getByRole("heading", { name: `${name} is hired` }).waitFor();
  const secret = await page.getByRole("region", { name: "Signing secret" }).locator("code").textContent();
  expect(secret).toMatch(/^whsec_/);
  server.trust(secret ?? "");
}

/** Creates an issue for an agent; the page is the new issue's then. Answers its identifier. */
export async function createIssueByHand(page: Page, title: string): Promise<string> {
  await page.getByLabel("Title").fill(title);
  await page.getByLabel("Description").fill("A list with the buyer's name for each.");
  await page.getByLabel("Project").selectOption({ label: "Autumn catalogue" });
  await page.getByRole("button", { name: "Create issue" }).click();
  await page.getByRole("heading", { name: title }).waitFor();
  return (await page.getByRole("heading", { level: 1 }).textContent()) ?? "";
}
