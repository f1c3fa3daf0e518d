import { behaviours, startAgent, type TestCompany, useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { refused } from "./browser/watch-page.ts";
import { type PageOptions, useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

async function open(requireBoardApprovalForNewAgents: boolean, path: string, options: PageOptions = {}) {
  const company = await boardroom.newCompany({ name: "Northwind Paper", requireBoardApprovalForNewAgents });
  const server = await startAgent(behaviours.finish());
  onTestFinished(() => server.stop());
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const page = await browser.open(boardroom.url, base + path, { person: company.owner, ...options });
  return { company, server, base, page };
}

async function check(page: Page): Promise<void> {
  expect([...(await findMisfits(page)), ...(await findViolations(page))]).toEqual([]);
}

/** Who is there, each with the name of whom it reports to. */
async function chartOf({ board, cid }: TestCompany): Promise<Record<string, string | null>> {
  const agents = await board.call("agents.list", { params: { cid } });
  const nameOf = (id: string | null) => agents.find((agent) => agent.id === id)?.name ?? null;
  return Object.fromEntries(agents.map(({ name, reportsTo }) => [name, nameOf(reportsTo)]));
}

it("a team of three is hired on a phone, each under its lead, with one secret that is shown once", async () => {
  const { company, server, page } = await open(false, "/agents", { tolerates: [refused(400)] });
  await page.getByRole("link", { name: "Hire a team" }).last().click();
  await page.getByRole("heading", { level: 1, name: "Hire a team" }).waitFor();
  await check(page);
  expect(await page.getByLabel("Name of the Designer").isVisible()).toBe(false);
  await page.getByRole("checkbox", { name: /^CEO/ }).uncheck();
  await page.getByRole("checkbox", { name: /^Designer/ }).check();
  await page.getByLabel("Name of the Designer").fill("Emil");
  await page.getByLabel("Webhook URL").fill(server.url);
  await page.getByRole("button", { name: "Hire the team" }).click();
  await page.getByText("It is not in the team.").waitFor();
  await page.getByLabel("Who leads").selectOption({ label: "The Engineer of this team" });
  await page.getByRole("button", { name: "Hire the team" }).click();
  await page.getByText("stands in the plan twice").waitFor();
  await check(page);
  await page.getByLabel("Name of the Designer").fill("Bea Laurent");
  await page.getByRole("button", { name: "Hire the team" }).click();
  await page.getByRole("heading", { level: 1, name: "The team is hired" }).waitFor();
  const secret = page.getByRole("region", { name: "Signing secret" }).locator("code");
  server.trust((await secret.textContent()) ?? "");
  await check(page);
  expect(await chartOf(company)).toEqual({ Emil: null, "Bea Laurent": "Emil", Quinn: "Emil" });

  await page
    .getByRole("list", { name: "Hired" })
    .getByRole("link", { name: /Bea Laurent/ })
    .click();
  await page.getByRole("button", { name: "Run now" }).click();
  await server.webhook();
});

it("where hires are decided, the team is one decision, and approving it hires all of it", async () => {
  const { company, server, base, page } = await open(true, "/agents/team", { tolerates: [refused(400)] });
  await page.getByLabel("Webhook URL").fill("ftp://agents.example.com/");
  await page.getByRole("button", { name: "Hire the team" }).click();
  await page
    .locator(".field", { has: page.getByLabel("Webhook URL") })
    .locator(".error")
    .waitFor();
  await check(page);
  await page.getByLabel("Webhook URL").fill(server.url);
  await page.getByRole("button", { name: "Hire the team" }).click();
  await page.getByRole("heading", { level: 1, name: "The team is proposed" }).waitFor();
  await check(page);
  expect(await chartOf(company)).toEqual({});
  await page.getByRole("link", { name: "See the decision" }).click();
  await page.getByRole("button", { name: /^Approve/ }).click();
  await page.getByRole("list", { name: "Hired" }).getByRole("link", { name: "Clara" }).waitFor();
  expect(await chartOf(company)).toEqual({ Clara: null, Emil: "Clara", Quinn: "Clara" });

  // The next team begins under who leads by now, with names that are free.
  await page.goto(`${base}/agents/team`);
  expect(await page.getByLabel("Who leads").locator("option:checked").textContent()).toBe("Clara");
  expect(await page.getByLabel("Name of the Engineer").inputValue()).toBe("Emil 2");
});

it("an operator, who hires nobody alone, proposes a team all the same", async () => {
  const { company, server, base } = await open(false, "/agents");
  const params = { cid: company.cid };
  const { link } = await company.board.call("invites.create", { params, body: { role: "operator" } });
  const person = await boardroom.signUp("Otto Operator");
  const token = new URL(link ?? "").pathname.split("/").at(-1) ?? "";
  await person.board.call("invites.accept", { params: { token } });
  const page = await browser.open(boardroom.url, `${base}/agents/new`, { person });
  await page.getByText("Others do this: admins and owners.").waitFor();
  await page.getByRole("link", { name: "Back" }).click();
  await page.getByRole("link", { name: "Hire a team" }).first().click();
  expect(await page.getByRole("link", { name: /^Hire( an agent)?$/ }).count()).toBe(0);
  await page.getByLabel("Webhook URL").fill(server.url);
  await page.getByRole("button", { name: "Hire the team" }).click();
  await page.getByRole("link", { name: "See the decision" }).click();
  await page.getByText("Others decide this").waitFor();
  expect(await chartOf(company)).toEqual({});
});

it("without JavaScript a team is hired for a machine, and a name that is taken is said at its field", async () => {
  const { company, page } = await open(false, "/agents/team", { javaScriptEnabled: false, tolerates: [refused(400)] });
  await company.board.call("agents.create", {
    params: { cid: company.cid },
    body: { name: "Emil", adapterType: "claude_local", adapterConfig: {} },
  });
  await page.getByLabel("Kind of agent").selectOption({ label: "Claude Code" });
  await page.getByRole("button", { name: "Show its settings" }).click();
  await page.getByLabel("Name of the Engineer").fill("emil");
  await page.getByRole("button", { name: "Hire the team" }).click();
  await page.getByText("An agent of this name exists already.").waitFor();
  await page.getByLabel("Name of the Engineer").fill("Erik");
  await page.getByRole("button", { name: "Hire the team" }).click();
  await page.getByText("Their work waits until a machine is connected.").waitFor();
  expect(await chartOf(company)).toEqual({ Emil: null, Clara: null, Erik: "Clara", Quinn: "Clara" });
});
