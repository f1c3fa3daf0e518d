import { behaviours, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();
const javaScriptEnabled = false;

it("without JavaScript one signs in, creates an issue, comments and changes its state", async () => {
  const { company, owner } = await boardroom.newCompany({ name: "Northwind Paper" });
  const base = `/${company.issuePrefix.toLowerCase()}`;
  const page = await browser.open(boardroom.url, `${base}/issues/new`, { javaScriptEnabled });
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).click();

  await page.getByRole("heading", { name: "New issue" }).waitFor();
  await page.getByLabel("Title").fill("Compare paper suppliers");
  await page.getByRole("button", { name: "Create issue" }).click();
  await page.getByRole("heading", { name: "Compare paper suppliers" }).waitFor();

  await page.getByLabel("Comment").fill("Start with the two in Lyon.");
  await page.getByRole("button", { name: "Comment" }).click();
  await page.getByRole("region", { name: "Timeline" }).getByText("Start with the two in Lyon.").waitFor();

  await page.getByRole("link", { name: "Change state: To do" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "In progress" }).click();
  await page.getByRole("link", { name: "Change state: In progress" }).waitFor();
  expect(await page.getByRole("dialog").count()).toBe(0);
});

it("without JavaScript one approves a hire, sees its secret, and pauses and resumes an agent", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper", requireBoardApprovalForNewAgents: true });
  const { agent, server, withKey } = await boardroom.hireHttpAgent(company, {
    name: "Ada Moreau",
    behaviour: behaviours.finish(),
    permissions: { canCreateAgents: true },
  });
  const key = await withKey();
  const body = { name: "Bea Laurent", adapterConfig: { url: server.url } };
  await key.call("agents.hire", { params: { cid: company.cid }, body });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const page = await browser.open(boardroom.url, `${base}/inbox`, { person: company.owner, javaScriptEnabled });
  await page.getByRole("button", { name: "Approve" }).click();
  await page.getByRole("region", { name: "Signing secret" }).getByText("whsec_").waitFor();

  await page.goto(`${base}/agents/${agent.urlKey}`);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.locator(".state", { hasText: "Paused" }).waitFor();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.locator(".state", { hasText: /Idle|Ready/ }).waitFor();
});
