import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

const open = ({ company, owner }: TestCompany, path: string) =>
  browser.open(boardroom.url, `/${company.issuePrefix.toLowerCase()}${path}`, { person: owner });
const value = "correct-horse-battery-staple";
const reference = (key: string) => `\${secret:${key}}`;

it("stores a secret on a phone, never shows it again, limits and rotates it, and asks before it is deleted", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  await boardroom.hireHttpAgent(company, { name: "Ada" });
  const page = await open(company, "/settings");
  await page.getByRole("link", { name: "Secrets" }).click();
  await page.getByRole("link", { name: "Store a secret" }).click();
  await page.getByLabel("Name").fill("GitHub token");
  await page.getByLabel("Value").fill("short");
  await page.getByRole("button", { name: "Store secret" }).click();
  await page.getByLabel("Value").fill(value);
  await page.getByText("Only for these agents").click();
  await page.getByLabel("Ada").check();
  await page.getByRole("button", { name: "Store secret" }).click();
  await page.getByRole("heading", { level: 1, name: "GitHub token" }).waitFor();
  await page.getByText(reference("github-token")).first().waitFor();
  expect(await page.content()).not.toContain(value);
  expect(await findViolations(page)).toEqual([]);
  expect(await findMisfits(page)).toEqual([]);

  await page.getByRole("link", { name: "Give it a new value" }).click();
  await page.getByLabel("New value", { exact: true }).fill("another-correct-horse");
  await page.getByLabel("Keep the old value").selectOption("0");
  await page.getByRole("button", { name: "Use the new value" }).click();
  await page.getByText("never since it was stored").waitFor({ state: "detached" });
  const [secret] = await company.board.call("secrets.list", { params: { cid: company.cid } });
  expect(secret).toMatchObject({ latestVersion: 2, keptVersions: 1, agentIds: [expect.any(String)] });

  await page.getByRole("link", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete it and its value" }).click();
  await page.getByRole("link", { name: "Store a secret" }).waitFor();
});

it("warns of a plain secret in an agent's settings and makes a stored one of it in one tap", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { id, urlKey } = await company.board.call("agents.create", {
    params: { cid: company.cid },
    body: {
      name: "Builder",
      adapterType: "process",
      adapterConfig: { command: "true", env: { API_TOKEN: value, LANG: "C" } },
    },
  });
  const page = await open(company, `/agents/${urlKey}?tab=configuration`);
  await page.getByRole("button", { name: "Make it a secret" }).click();
  await page.getByRole("button", { name: "Make it a secret" }).waitFor({ state: "detached" });
  // What the page was loaded with stays in its source.
  await page.reload();
  expect(await page.content()).not.toContain(value);
  const agent = await company.board.call("agents.get", { params: { id } });
  expect(agent.adapterConfig).toMatchObject({ env: { API_TOKEN: reference("API_TOKEN"), LANG: "C" } });
});

it("shows an issue as it was, filters what happened, and offers the sealed log", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { board, cid } = company;
  const issue = await board.call("issues.create", { params: { cid }, body: { title: "Order ink" } });
  await board.call("issues.update", { params: { id: issue.id }, body: { title: "Order toner", priority: "high" } });
  const page = await open(company, `/issues/${issue.identifier}`);
  await page.getByRole("link", { name: "History" }).first().click();
  await page
    .getByRole("link", { name: /^As it was then/ })
    .last()
    .click();
  const past = page.getByRole("region", { name: "As it was" });
  await past.getByText("Order ink").waitFor();
  expect(await findViolations(page)).toEqual([]);

  const prefix = company.company.issuePrefix.toLowerCase();
  await page.goto(`/${prefix}/activity`);
  await page.getByLabel("Change").selectOption("issue.created");
  await page.getByText("Order toner").waitFor({ state: "detached" });
  await boardroom.runScheduled();
  await page.goto(`/${prefix}/settings/audit`);
  const download = page.waitForEvent("download");
  await page.getByRole("link", { name: "Download the log" }).click();
  expect((await download).suggestedFilename()).toBe(`audit-${cid}.ndjson`);
  expect(await findViolations(page)).toEqual([]);
  expect(await findMisfits(page)).toEqual([]);
});
