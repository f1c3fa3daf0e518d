import { useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

/** Two agents at work, each on an issue of its own, and Home on a phone. */
async function twoAtWork() {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const params = { cid: company.cid };
  const start = async (name: string, title: string) => {
    const { agent, server } = await boardroom.hireHttpAgent(company, { name });
    const issue = await company.board.call("issues.create", { params, body: { title, assigneeAgentId: agent.id } });
    return { agent, issue, ...(await server.webhook()) };
  };
  const ada = await start("Ada Moreau", "Compare paper suppliers");
  const ben = await start("Ben Adler", "Find thirty stationery shops");
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const page = await browser.open(boardroom.url, base, { person: company.owner });
  const now = page.getByRole("region", { name: "Now" });
  const cardOf = (name: string) => now.getByRole("listitem").filter({ hasText: name });
  return { company, params, ada, ben, page, now, cardOf };
}

it("shows who runs on what, since when and for how much, and the cost grows on the open page", async () => {
  const { params, ada, page, now, cardOf } = await twoAtWork();
  await cardOf("Ben Adler")
    .getByRole("link", { name: /Find thirty stationery shops/ })
    .waitFor();
  const card = cardOf("Ada Moreau");
  await card.getByText(/^\d+s · \$0\.00$/).waitFor();
  await card.getByText("Advancing").waitFor();
  const cost = { agentId: ada.agent.id, provider: "example", model: "example-1", costCents: 42 };
  await ada.api.call("costs.report", { params, body: cost });
  await card.getByText("$0.42").waitFor();
  await ada.api.call("runs.complete", { params: { id: ada.runId }, body: { status: "succeeded" } });
  await card.waitFor({ state: "detached" });
  expect(await now.getByRole("listitem").count()).toBe(1);
  await cardOf("Ben Adler").getByRole("link", { name: "Ben Adler", exact: true }).click();
  await page.getByRole("heading", { name: "Ben Adler's run" }).waitFor();
});

it("is swiped sideways on a phone, while the page itself stays where it is", async () => {
  const { now, page, cardOf } = await twoAtWork();
  const strip = now.getByRole("list");
  const hidden = await strip.evaluate((list) => list.scrollWidth - list.clientWidth);
  expect(hidden).toBeGreaterThan(100);
  const last = (await now.getByRole("listitem").last().textContent()) ?? "";
  await strip.evaluate((list) => list.scrollTo({ left: list.scrollWidth }));
  const card = cardOf(last.includes("Ada Moreau") ? "Ada Moreau" : "Ben Adler");
  await expect.poll(async () => (await card.boundingBox())?.x).toBeLessThan(120);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
});

it("says by word and by shape when a run falls silent and when it is past its time", async () => {
  const { company, params, ada, ben, cardOf, page } = await twoAtWork();
  const shapeOf = (name: string) => cardOf(name).locator(".liveness svg").innerHTML();
  await cardOf("Ada Moreau").getByText("Advancing").waitFor();
  const advancing = await shapeOf("Ada Moreau");
  await boardroom.ownerQuery(
    "update heartbeat_runs set last_progress_at = now() - interval '185 seconds' where id = $1",
    [ada.runId],
  );
  await boardroom.ownerQuery("update heartbeat_runs set deadline_at = now() - interval '1 second' where id = $1", [
    ben.runId,
  ]);
  // Anything that happens makes the open page look again.
  await company.board.call("goals.create", { params, body: { title: "Ten customers" } });
  await cardOf("Ada Moreau").getByText("Silent for 3m").waitFor();
  await cardOf("Ben Adler").getByText("Overdue").waitFor();
  expect(new Set([advancing, await shapeOf("Ada Moreau"), await shapeOf("Ben Adler")]).size).toBe(3);
  await cardOf("Ada Moreau").getByRole("link", { name: "Ada Moreau", exact: true }).click();
  await page.getByText("Silent for 3m").waitFor();
});
