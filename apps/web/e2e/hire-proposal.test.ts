import { behaviours, startAgent, type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it, onTestFinished } from "vitest";
import { countDocuments } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

const namesOf = async ({ board, cid }: TestCompany) =>
  (await board.call("agents.list", { params: { cid } })).map(({ name }) => name);

/** The owner's inbox on a phone, open before the agent proposes anything. */
async function openInbox() {
  const company = await boardroom.newCompany({ name: "Northwind Paper", requireBoardApprovalForNewAgents: true });
  const requester = await boardroom.hireHttpAgent(company, {
    name: "Ada Moreau",
    behaviour: behaviours.finish(),
    permissions: { canCreateAgents: true },
  });
  const key = await requester.withKey();
  const candidate = await startAgent(behaviours.finish());
  onTestFinished(() => candidate.stop());
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const page = await browser.open(boardroom.url, `${base}/inbox`, { person: company.owner });
  await page.getByText("Nothing needs you.").waitFor();
  const propose = (name: string) =>
    key.call("agents.hire", {
      params: { cid: company.cid },
      body: {
        name,
        title: "Translator",
        reportsTo: requester.agent.id,
        budgetMonthlyCents: 2500,
        capabilities: "Translates the catalogue into French.",
        adapterConfig: { url: candidate.url },
      },
    });
  return { company, requester, candidate, page, propose, documents: countDocuments(page) };
}

it("a proposed hire appears live with a badge; approving it hires, shows the secret once and wakes who asked", async () => {
  const { company, requester, candidate, page, propose, documents } = await openInbox();
  await propose("Bea Laurent");
  const card = page.getByRole("article").filter({ hasText: "Bea Laurent" });
  await card.waitFor();
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Inbox 1 to decide" }).waitFor();
  await card.getByText("$25.00").first().waitFor();

  await card.getByText("Add a note").click();
  await card.getByLabel("Note to who asked").fill("Start with the cover");
  await card.getByRole("button", { name: "Approve" }).click();
  const secret = page.getByRole("region", { name: "Signing secret" }).locator("code");
  await secret.waitFor();
  candidate.trust((await secret.textContent()) ?? "");
  const woken = await requester.server.webhook();
  expect(woken.payload.data.context).toMatchObject({
    approvalStatus: "approved",
    decisionNote: "Start with the cover",
  });
  expect(documents()).toBe(0);

  await page.getByRole("link", { name: "Open the new agent" }).click();
  await page.getByRole("heading", { level: 1, name: "Bea Laurent" }).waitFor();
  await page.getByRole("button", { name: "Run now" }).click();
  await candidate.webhook();
  await page.goBack();
  await page.getByText("Nothing needs you.").waitFor();
  expect(await page.content()).not.toContain("whsec_");
  expect(await namesOf(company)).toContain("Bea Laurent");
});

it("rejecting a proposed hire makes no agent and wakes who asked", async () => {
  const { company, requester, page, propose } = await openInbox();
  await propose("Cara Petit");
  const card = page.getByRole("article").filter({ hasText: "Cara Petit" });
  await card.getByRole("button", { name: "Reject" }).click();
  await page.getByRole("status").filter({ hasText: "Rejected." }).waitFor();
  expect((await requester.server.webhook()).payload.data.context).toMatchObject({ approvalStatus: "rejected" });
  expect(await namesOf(company)).not.toContain("Cara Petit");
  await page.getByRole("link", { name: "Decided" }).click();
  await page.getByRole("article").filter({ hasText: "Cara Petit" }).getByText("Rejected").waitFor();
});
