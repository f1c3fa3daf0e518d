import { randomBytes } from "node:crypto";
import { behaviours, type ReceivedWebhook, startAgent, type TestAgent, useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { createIssueByHand, foundByHand, hireByHand } from "./board/main-job.ts";
import { countDocuments } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

/** Everything by hand on a phone, up to the webhook of the agent's first issue. */
async function beginMainJob(server: TestAgent) {
  onTestFinished(() => server.stop());
  const page = await browser.open(boardroom.url, "/sign-up");
  const base = await foundByHand(page, `Northwind ${randomBytes(3).toString("hex")}`);
  await hireByHand(page, base, "Ada Moreau", server);
  await page.getByRole("link", { name: "Give it an issue" }).click();
  const title = "Find thirty stationery shops in Lyon";
  const identifier = await createIssueByHand(page, title);
  const webhook = await server.webhook();
  return { page, base, identifier, webhook, documents: countDocuments(page) };
}

/** Each step of the agent is seen on the open page before the next one is taken. */
async function workStepByStep(page: Page, { api, payload }: ReceivedWebhook): Promise<void> {
  const { agentId, companyId } = payload.data;
  const timeline = page.getByRole("region", { name: "Timeline" });
  await timeline.getByText("is running").waitFor();
  const [issue] = await api.call("agents.inboxLite", {});
  const params = { id: issue?.id ?? "" };

  await api.call("issues.checkout", { params, body: { agentId } });
  await page.getByRole("status").filter({ hasText: "Ada Moreau, running" }).waitFor();
  await page.getByRole("link", { name: "Change state: In progress" }).waitFor();

  await api.call("issues.comment", { params, body: { body: "Twelve of thirty so far." } });
  await timeline.getByText("Twelve of thirty so far.").waitFor();

  const cost = { agentId, issueId: params.id, provider: "example", model: "example-1", costCents: 42 };
  await api.call("costs.report", { params: { cid: companyId }, body: cost });
  await page.getByRole("definition").filter({ hasText: "$0.42" }).waitFor();

  await api.call("issues.update", { params, body: { status: "done" } });
  await page.getByRole("link", { name: "Change state: Done" }).waitFor();
}

async function openRun(page: Page): Promise<void> {
  await page.getByRole("region", { name: "Timeline" }).getByRole("link", { name: "Ada Moreau ran: succeeded" }).click();
  await page.getByRole("heading", { name: "Ada Moreau's run" }).waitFor();
  await page.getByText("Thirty shops, each with a buyer.", { exact: true }).waitFor();
}

it("from sign-up to a done issue on a phone: an agent that answers 200 is seen at each step, without reload", async () => {
  const end = Promise.withResolvers<void>();
  const summary = "Thirty shops, each with a buyer.";
  const server = await startAgent(behaviours.workThenFinish(() => end.promise, { summary }));
  const { page, documents, webhook } = await beginMainJob(server);
  await workStepByStep(page, webhook);
  end.resolve();
  await openRun(page);
  const events = page.getByRole("region", { name: "Events" });
  await events.getByText("Succeeded: Thirty shops, each with a buyer.").waitFor();
  expect(documents()).toBe(0);
  expect(server.errors).toEqual([]);
});

it("the same with an agent that answers 202: renewing, its events and completing show on the open run page", async () => {
  const server = await startAgent(behaviours.accept());
  const { page, base, identifier, documents, webhook } = await beginMainJob(server);
  await workStepByStep(page, webhook);
  const { api, runId } = webhook;
  await page.getByRole("region", { name: "Timeline" }).getByRole("link", { name: "Ada Moreau is running" }).click();
  const events = page.getByRole("region", { name: "Events" });
  await events.getByText("accepted", { exact: true }).waitFor();

  const reported = [{ seq: 1, kind: "thought", message: "Two shops have the same owner" }];
  await api.call("runs.addEvents", { params: { id: runId }, body: { events: reported } });
  await events.getByText("Two shops have the same owner").waitFor();

  await api.call("runs.renew", { params: { id: runId }, body: { progress: "Checking the last addresses" } });
  await events.getByText("Checking the last addresses").waitFor();

  const summary = "Thirty shops, each with a buyer.";
  await api.call("runs.complete", { params: { id: runId }, body: { status: "succeeded", summary } });
  await page.getByText(summary, { exact: true }).waitFor();
  await page.locator(".state", { hasText: "Succeeded" }).waitFor();
  await page.getByRole("link", { name: "Back" }).click();
  await openRun(page);
  expect(documents()).toBe(0);
  expect(new URL(page.url()).pathname).toBe(`${base}/runs/${runId}`);
  expect(identifier).toMatch(/-1$/);
});
