import { BoardroomError } from "@boardroom/contract";
import { behaviours, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

it("a budget set on the board stops the agent that overspends, says why, and raising it lets it work again", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { agent, server, withKey } = await boardroom.hireHttpAgent(company, { name: "Ada Moreau" });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const assign = (title: string) =>
    company.board.call("issues.create", { params: { cid: company.cid }, body: { title, assigneeAgentId: agent.id } });
  await assign("Compare paper suppliers");
  const { api, runId } = await server.webhook();
  const spend = (costCents: number) =>
    api.call("costs.report", {
      params: { cid: company.cid },
      body: { agentId: agent.id, provider: "example", model: "example-1", costCents },
    });

  const page = await browser.open(boardroom.url, `${base}/agents/${agent.urlKey}`, {
    person: company.owner,
    tolerates: [refused(402)],
  });
  await page.getByRole("link", { name: "Change the budget" }).click();
  await page.getByRole("dialog").getByLabel("Monthly budget").fill("1");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByText("$0.00 of $1.00").waitFor();

  await spend(85);
  await page.getByText("$0.85 of $1.00").waitFor();
  await spend(20);
  await page.locator(".state", { hasText: "Paused" }).waitFor();
  await page.getByText("Budget used up").first().waitFor();
  await api.call("runs.complete", { params: { id: runId }, body: { status: "cancelled" } });

  await page.getByRole("button", { name: "Run now" }).click();
  await page
    .getByText(/budget is used up/)
    .first()
    .waitFor();
  const second = await assign("Order samples");
  const key = await withKey();
  const checkout = await key
    .call("issues.checkout", { params: { id: second.id }, body: { agentId: agent.id } })
    .catch((error: unknown) => error);
  expect(checkout).toBeInstanceOf(BoardroomError);
  expect(checkout).toMatchObject({ status: 402, message: expect.stringMatching(/budget is used up/) });

  await page.goto(`${base}/activity`);
  await page.getByText("found the budget of Ada Moreau nearly used up").waitFor();
  await page.getByText("found the budget of Ada Moreau used up").waitFor();

  await page.goto(`${base}/agents/${agent.urlKey}`);
  const seen = server.received.length;
  server.behave(behaviours.finish({ status: "succeeded", summary: "Samples ordered" }));
  await page.getByRole("link", { name: "Raise the budget" }).click();
  await page.getByRole("dialog").getByLabel("Monthly budget").fill("20");
  await page.getByRole("button", { name: "Save and resume" }).click();
  await page.getByText("$1.05 of $20.00").waitFor();
  const woken = await server.webhook(seen);
  await boardroom.waitForRun(company, woken.runId, "succeeded");
  await page.locator(".state", { hasText: "Idle" }).waitFor();
});
