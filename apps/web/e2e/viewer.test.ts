import { behaviours, useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

/** What only looking needs: the theme, the way out, one's own read state and places, filters and searches. */
const own =
  /^(Mark as unread|Search|Later|Filter|Close|Menu|Show .*|Hide .*|Copy.*|Follow.*|Leave .*|Sign out.*|Like the system|Light|Dark|Send the link again)$/;

/** A company with a bit of everything, and somebody who may only look. */
async function openViewer() {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { board, cid } = company;
  const hired = await boardroom.hireHttpAgent(company, { name: "Ada Moreau", behaviour: behaviours.finish() });
  const key = await hired.withKey();
  const issue = await board.call("issues.create", {
    params: { cid },
    body: { title: "Spring catalogue", status: "backlog", assigneeAgentId: hired.agent.id },
  });
  await key.call("interactions.create", {
    params: { id: issue.id },
    body: { kind: "request_confirmation", payload: { version: 1, prompt: "Print it on matt paper?" } },
  });
  const project = await board.call("projects.create", { params: { cid }, body: { name: "Spring" } });
  await board.call("milestones.create", { params: { id: project.id }, body: { name: "Proofs" } });
  const goal = await board.call("goals.create", { params: { cid }, body: { title: "Print well", level: "company" } });
  const routine = await board.call("routines.create", {
    params: { cid },
    body: { title: "Count the paper", assigneeAgentId: hired.agent.id },
  });
  await board.call("labels.create", { params: { cid }, body: { name: "shop", color: "#123456" } });
  const { link } = await board.call("invites.create", { params: { cid }, body: { role: "viewer" } });
  const person = await boardroom.signUp("Vera Vogel");
  await person.board.call("invites.accept", {
    params: { token: new URL(link ?? "").pathname.split("/").at(-1) ?? "" },
  });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const paths = [
    ...["", "/inbox", "/issues", `/issues/${issue.identifier}`, "/agents", `/agents/${hired.agent.urlKey}`, "/goals"],
    ...["/projects", "/routines", "/runners", "/costs", "/costs/budgets", "/settings/labels", "/settings/skills"],
    ...["/settings", "/settings/tool-rules", "/settings/members", "/settings/decisions", "/costs/prices", "/org"],
    ...["schedule", "wakes", "sessions", "keys", "configuration", "instructions", "history"].map(
      (tab) => `/agents/${hired.agent.urlKey}?tab=${tab}`,
    ),
    ...[`/projects/${project.id}`, `/goals/${goal.id}`, `/routines/${routine.id}`, "/issues?view=board", "/more"],
  ].map((path) => base + path);
  // Where nothing leads them, but an address can be typed.
  const forms = [
    ...["/issues/new", "/agents/new", "/agents/team", "/goals/new", "/projects/new", "/routines/new", "/runners/new"],
    ...["/settings/secrets/new", "/settings/skills/new", "/settings/webhooks/new", "/settings/members/invite"],
    ...[`/issues/${issue.identifier}/attach`, `/issues/${issue.identifier}/documents/new`, "/start", "/start/ceo"],
  ].map((path) => base + path);
  return { company, person, base, paths, forms, issue };
}

/** What a page offers to change: submitting buttons, and links that begin something new or open a sheet. */
async function offersOf(page: Page): Promise<string[]> {
  const offers = await page
    .locator("main :is(button[type=submit], a[href*='/new'], a[href*='sheet=']):visible")
    .evaluateAll((elements) =>
      elements.map((each) => (each.getAttribute("aria-label") ?? each.textContent ?? "").trim()),
    );
  return offers.filter((label) => !own.test(label));
}

it("somebody who may only look is offered nothing that would be refused, and is told who decides", async () => {
  const { company, person, base, paths, forms, issue } = await openViewer();
  const page = await browser.open(boardroom.url, base, { person });
  const offered: Record<string, string[]> = {};
  for (const path of [...paths, ...forms]) {
    await page.goto(path);
    await page.locator("main h1").waitFor();
    if (forms.includes(path)) await page.getByText(/^Others do this: .*owners\.$/).waitFor();
    const offers = await offersOf(page);
    if (offers.length > 0) offered[path.slice(base.length)] = offers;
    expect([...(await findMisfits(page)), ...(await findViolations(page))]).toEqual([]);
  }
  // A key of their own, for what they may do themselves.
  expect(offered).toEqual({ "/settings": ["Make a key"] });

  await page.goto(`${base}/inbox`);
  await page.getByText("Print it on matt paper?").waitFor();
  await page.getByText("Others decide this: operators, admins and owners.").waitFor();
  await page.goto(`${base}/issues/${issue.identifier}`);
  await page.getByText("Ada Moreau").first().waitFor();
  expect(await page.getByLabel("Comment").count()).toBe(0);

  // The same pages offer it to the owner, so that nothing is missing for everybody.
  const owner = await browser.open(boardroom.url, `${base}/issues/${issue.identifier}`, { person: company.owner });
  await owner.getByLabel("Comment").waitFor();
  expect(await offersOf(owner)).toContain("Edit");
});
