import { behaviours, type TestCompany, useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { tabTo } from "./board/tab-to.ts";
import { countDocuments, refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

const tasks = [
  { clientKey: "texts", title: "Write the notebook texts" },
  { clientKey: "check", title: "Check the spelling", parentClientKey: "texts" },
  { clientKey: "film", title: "Film the bindery" },
];
const questions = [
  {
    id: "paper",
    prompt: "Which paper?",
    selectionMode: "single",
    options: [
      { id: "matt", label: "Matt, 120 g" },
      { id: "gloss", label: "Glossy, 90 g" },
    ],
  },
  {
    id: "extras",
    prompt: "What comes with it?",
    selectionMode: "multi",
    required: false,
    options: [
      { id: "card", label: "A card" },
      { id: "ribbon", label: "A ribbon" },
    ],
  },
];

/** An agent that asks the board about an issue of its own. */
async function openAsker() {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const hired = await boardroom.hireHttpAgent(company, { name: "Ada Moreau", behaviour: behaviours.finish() });
  const key = await hired.withKey();
  const issue = await company.board.call("issues.create", {
    params: { cid: company.cid },
    body: { title: "Spring catalogue", status: "backlog", assigneeAgentId: hired.agent.id },
  });
  const ask = (kind: "suggest_tasks" | "ask_user_questions" | "request_confirmation", payload: object) =>
    key.call("interactions.create", { params: { id: issue.id }, body: { kind, payload: { version: 1, ...payload } } });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  return { company, hired, issue, ask, base };
}
const childrenOf = async ({ board }: TestCompany, id: string) =>
  (await board.call("issues.get", { params: { id } })).children.map(({ title }) => title);
async function check(page: Page): Promise<void> {
  // What is on its way is dimmed.
  await page.locator("article[aria-busy]").waitFor({ state: "detached" });
  expect([...(await findMisfits(page)), ...(await findViolations(page))]).toEqual([]);
}

it("on a phone, suggested tasks are created in part and questions answered in place, and the agent is told", async () => {
  const { company, hired, issue, ask, base } = await openAsker();
  const page = await browser.open(boardroom.url, `${base}/inbox`, { person: company.owner, tolerates: [refused(400)] });
  await page.getByText("Nothing needs you.").waitFor();
  const documents = countDocuments(page);
  await ask("suggest_tasks", { prompt: "How I would split it", tasks });
  const suggestion = page.getByRole("article").filter({ hasText: "Ada Moreau suggests tasks" });
  await suggestion.getByText("How I would split it").waitFor();
  await check(page);
  await suggestion.getByLabel("Film the bindery").tap();
  await suggestion.getByText("Add a note").tap();
  await suggestion.getByLabel("Note to Ada Moreau").fill("No film this year");
  await suggestion.getByRole("button", { name: "Create the chosen" }).tap();
  await page.getByText("2 issues are created.").waitFor();
  const woken = await hired.server.webhook();
  expect(woken.payload.data.context).toMatchObject({ interactionStatus: "accepted", note: "No film this year" });
  expect(await childrenOf(company, issue.id)).toEqual(["Write the notebook texts"]);

  await ask("ask_user_questions", { questions });
  const asked = page.getByRole("article").filter({ hasText: "Ada Moreau has questions" });
  await asked.getByRole("button", { name: "Send the answers" }).tap();
  await asked.getByText("Answer every question.").waitFor();
  await asked.getByLabel("Glossy, 90 g").tap();
  await asked.getByRole("group", { name: "What comes with it?" }).getByLabel("In your own words").fill("A stamp");
  await check(page);
  await asked.getByRole("button", { name: "Send the answers" }).tap();
  await page.getByText("Answered. Who asked is told.").waitFor();
  expect(documents()).toBe(0);

  await page.goto(`${base}/issues/${issue.identifier}`);
  await page.getByText("2 answered questions").tap();
  await page.getByText("Olga Owner: Glossy, 90 g · A stamp").waitFor();
  await page.getByRole("link", { name: /Check the spelling/ }).waitFor();
  await check(page);
});

it("by keyboard alone on a desktop, tasks are chosen, questions answered and a confirmation given", async () => {
  const { company, issue, ask, base } = await openAsker();
  await ask("suggest_tasks", { tasks });
  await ask("ask_user_questions", { questions });
  await ask("request_confirmation", { prompt: "Print 2,400 copies?", acceptLabel: "Print them" });
  const page = await browser.open(boardroom.url, base, { device: "desktop", person: company.owner });
  await page.keyboard.press("g");
  await page.keyboard.press("i");
  await page.getByRole("heading", { level: 1, name: "Inbox" }).waitFor();
  expect(await findViolations(page)).toEqual([]);
  const card = (text: string) => page.getByRole("article").filter({ hasText: text });
  const suggestion = card("suggests tasks");
  await tabTo(page, suggestion.getByLabel("Film the bindery"));
  await page.keyboard.press("Space");
  await tabTo(page, suggestion.getByRole("button", { name: "Create the chosen" }));
  await page.keyboard.press("Enter");
  await page.getByText("2 issues are created.").waitFor();

  const asked = card("has questions");
  await tabTo(page, asked.getByLabel("Matt, 120 g"));
  await page.keyboard.press("ArrowDown");
  await tabTo(page, asked.getByLabel("A ribbon"));
  await page.keyboard.press("Space");
  await tabTo(page, asked.getByRole("button", { name: "Send the answers" }));
  await page.keyboard.press("Enter");
  await page.getByText("Answered. Who asked is told.").waitFor();

  await tabTo(page, card("asks for your yes").getByRole("button", { name: "Print them" }));
  await page.keyboard.press("Enter");
  await page.getByText("Accepted. Who asked is told.").waitFor();
  const answers = await company.board.call("interactions.list", { params: { id: issue.id } });
  expect(answers.map(({ status }) => status)).toEqual(["accepted", "answered", "accepted"]);
  expect(answers[1]?.result).toMatchObject({ answers: [{ optionIds: ["gloss"] }, { optionIds: ["ribbon"] }] });
  expect(await childrenOf(company, issue.id)).toEqual(["Write the notebook texts"]);
});

it("an issue's page pauses and frees a subtree, names who acts on blocked work, and lets it be done when it was reviewed and shown", async () => {
  const { company, hired, issue, base } = await openAsker();
  const child = await company.board.call("issues.createChild", {
    params: { id: issue.id },
    body: { title: "Texts", status: "backlog" },
  });
  const page = await browser.open(boardroom.url, `${base}/issues/${issue.identifier}`, {
    person: company.owner,
    tolerates: [refused(422)],
  });
  const sheet = page.getByRole("dialog");
  await page.getByRole("link", { name: "Pause this and all below" }).click();
  await sheet.getByText("Nothing starts on it and the 1 open below it until you let it go on.").waitFor();
  await sheet.getByLabel("Why").fill("Budget talk");
  await check(page);
  await sheet.getByRole("button", { name: "Pause it" }).click();
  await page.getByText("Paused, with all below it: Budget talk").waitFor();
  await page.goto(`${base}/issues/${child.identifier}`);
  await page.getByText(`Paused by ${issue.identifier} above it: Budget talk`).waitFor();
  await page.getByRole("button", { name: "Let it go on" }).click();
  await page.getByText("above it").waitFor({ state: "hidden" });

  await company.board.call("issues.update", { params: { id: child.id }, body: { status: "todo" } });
  await page.getByRole("link", { name: "Change state: To do" }).click();
  await sheet.getByRole("link", { name: "Blocked" }).click();
  await sheet.getByLabel("Who acts").selectOption({ label: "Ada Moreau" });
  await sheet.getByLabel("What they do").fill("Send the page count");
  await check(page);
  await sheet.getByRole("button", { name: "Mark as blocked" }).click();
  await page.getByText("Ada Moreau is to act: Send the page count").waitFor();
  expect((await hired.server.webhook()).payload.data.wakeReason).toBe("issue_blocked");

  await company.board.call("issues.update", { params: { id: child.id }, body: { status: "in_progress" } });
  await page.getByRole("link", { name: "Say when it is done" }).click();
  await sheet.getByLabel("New ones, one on each line").fill("Proofs are signed");
  await sheet.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Add a reviewer" }).click();
  await sheet.getByLabel("Stage 1", { exact: true }).selectOption({ label: company.owner.name });
  await check(page);
  await sheet.getByRole("button", { name: "Save" }).click();
  await page.getByText(`1. ${company.owner.name} reviews`).waitFor();
  await company.board.call("issues.update", { params: { id: child.id }, body: { status: "in_review" } });
  await page.getByRole("button", { name: "Approve the work" }).click();
  await page.getByText("Approved", { exact: true }).waitFor();
  await page.getByRole("link", { name: /Change state: In review/ }).click();
  await sheet.getByRole("button", { name: "Done" }).click();
  await sheet.getByText("What shows that it is done is missing: Proofs are signed").waitFor();
  await page.keyboard.press("Escape");
  await page.getByRole("link", { name: "Show it" }).click();
  await sheet.getByLabel("Where one sees it").fill("https://press.example.com/proof/7");
  await sheet.getByRole("button", { name: "That shows it" }).click();
  await page.getByText("1 of 1 shown").waitFor();
  await check(page);
  await page.getByRole("link", { name: /Change state: In review/ }).click();
  await sheet.getByRole("button", { name: "Done" }).click();
  await page.getByRole("link", { name: "Change state: Done" }).waitFor();
});
