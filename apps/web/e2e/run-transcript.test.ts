import { readFile } from "node:fs/promises";
import { behaviours, type ReceivedWebhook, type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { countDocuments } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

/** A run under way, and what writes its log line by line. */
async function startRun() {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { agent, server } = await boardroom.hireHttpAgent(company, { name: "Ada Moreau" });
  const body = { title: "Compare paper suppliers", assigneeAgentId: agent.id };
  await company.board.call("issues.create", { params: { cid: company.cid }, body });
  const { api, runId } = await server.webhook();
  const log = { seq: 0, text: "" };
  const write = async (...steps: (string | object)[]) => {
    const content = steps.map((step) => `${typeof step === "string" ? step : JSON.stringify(step)}\n`).join("");
    const offset = Buffer.byteLength(log.text);
    log.text += content;
    log.seq += 1;
    await api.call("runLogs.append", { params: { id: runId }, body: { seq: log.seq, offset, content } });
  };
  return { company, agent, api, runId, log, write, path: `/runs/${runId}` };
}

function open({ company, owner }: TestCompany, path: string, options: { javaScriptEnabled?: boolean } = {}) {
  return browser.open(boardroom.url, `/${company.issuePrefix.toLowerCase()}${path}`, { person: owner, ...options });
}

const finish = ({ api, runId }: Pick<ReceivedWebhook, "api" | "runId">) =>
  api.call("runs.complete", { params: { id: runId }, body: { status: "succeeded", summary: "Two suppliers." } });

it("follows a run: what it says, thinks and does appears on the open page, and its end does", async () => {
  const run = await startRun();
  await run.write({ type: "assistant", text: "I start in Lyon." });
  const page = await open(run.company, run.path);
  const documents = countDocuments(page);
  const transcript = page.getByRole("region", { name: "Transcript" });
  await transcript.getByText("I start in Lyon.").waitFor();
  await page.getByText("Advancing").waitFor();

  await run.write(
    { type: "thinking", text: "Ravier first.\nIt delivers on Thursdays." },
    { type: "tool_call", name: "read_page", input: { url: "https://ravier.example/prices" } },
    { type: "tool_result", name: "read_page", text: "403 Forbidden", isError: true },
  );
  await transcript.getByText("Failed").waitFor();
  await transcript.getByText("It delivers on Thursdays.").waitFor({ state: "hidden" });
  await transcript.getByText("Thinks").click();
  await transcript.getByText("It delivers on Thursdays.").waitFor();
  await transcript.getByText("Calls").click();
  await transcript.getByText('"url": "https://ravier.example/prices"').waitFor();

  await run.write({ type: "result", text: "Two suppliers compared." });
  await transcript.getByText("Two suppliers compared.").waitFor();
  await finish(run);
  await page.locator(".state", { hasText: "Succeeded" }).waitFor();
  expect(await transcript.getByRole("listitem").count()).toBe(5);
  expect(documents()).toBe(0);
});

it("searches the transcript: counts what it finds, goes from one to the next, and unfolds what it stands in", async () => {
  const run = await startRun();
  const filler = Array.from({ length: 60 }, (_, line) => `line ${line} of a tool`);
  await run.write({ type: "assistant", text: "The needle is named here." }, ...filler, {
    type: "tool_result",
    name: "grep",
    text: "first\nsecond line with a Needle in it",
  });
  await finish(run);
  const page = await open(run.company, run.path);
  const search = page.getByLabel("Search the transcript");
  await search.waitFor();
  await page.keyboard.press("/");
  await page.keyboard.type("NEEDLE");
  await page.getByRole("status").getByText("1 of 2").waitFor();
  await search.press("Enter");
  expect(await page.locator("mark[data-current]").textContent()).toBe("needle");
  await page.getByRole("button", { name: "Next match" }).click();
  await page.getByRole("status").getByText("2 of 2").waitFor();
  const found = page.locator("mark[data-current]");
  expect(await found.textContent()).toBe("Needle");
  await expect.poll(() => found.isVisible()).toBe(true);
  await search.fill("haystack");
  await page.getByRole("status").getByText("None").waitFor();
  await search.press("Escape");
  await expect.poll(() => page.locator("mark").count()).toBe(0);
});

it("shows the raw log as it was written, and gives it as a file", async () => {
  const run = await startRun();
  await run.write("plain words", { type: "assistant", text: "ü and 🙂 are several bytes" });
  const page = await open(run.company, `${run.path}?view=log`);
  const raw = page.locator(".raw-log");
  await raw.getByText("plain words").waitFor();
  await run.write("one line more, while it is looked at");
  await raw.getByText("one line more").waitFor();
  expect(await raw.textContent()).toBe(run.log.text);
  await finish(run);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("link", { name: "Download" }).click(),
  ]);
  expect(download.suggestedFilename()).toBe(`run-${run.runId}.log`);
  expect(await readFile(await download.path(), "utf8")).toBe(run.log.text);
});

it("reads without JavaScript: the transcript page by page, folded parts unfold, and the raw log", async () => {
  const run = await startRun();
  const lines = Array.from({ length: 260 }, (_, line) => `line ${line}`);
  await run.write({ type: "thinking", text: "Ravier first.\nIt delivers on Thursdays." }, ...lines);
  await finish(run);
  const page = await open(run.company, run.path, { javaScriptEnabled: false });
  await page.getByText("Thinks").click();
  await page.getByText("It delivers on Thursdays.").waitFor();
  await page.getByText("line 3", { exact: true }).waitFor();
  expect(await page.getByText("line 259").count()).toBe(0);
  await page.getByRole("link", { name: "Show more" }).click();
  await page.getByText("line 259", { exact: true }).waitFor();
  await page.getByRole("link", { name: "Raw log" }).click();
  await page.locator(".raw-log").getByText("line 259").waitFor();
});

it("stops a run after asking once more, with a reason that the agent is told", async () => {
  const run = await startRun();
  const page = await open(run.company, run.path);
  await page.getByRole("link", { name: "Stop" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Reason").fill("Wrong suppliers");
  await dialog.getByRole("button", { name: "Stop the run" }).click();
  await page.getByText("Asked to stop.").waitFor();
  const renewal = await run.api.call("runs.renew", { params: { id: run.runId }, body: {} });
  expect(renewal).toMatchObject({ action: "cancel", reason: "Wrong suppliers" });
});

it("tells the chain of causes: the run that woke another one's agent is a tap away", async () => {
  const run = await startRun();
  const other = await boardroom.hireHttpAgent(run.company, { name: "Bea Laurent", behaviour: behaviours.accept() });
  const { board } = run.company;
  await run.api.call("agents.wakeup", {
    params: { id: other.agent.id },
    body: { source: "automation", reason: "The list is ready" },
  });
  const { runId } = await other.server.webhook();
  const page = await open(run.company, `/runs/${runId}`);
  const why = page.getByRole("region", { name: "Why it ran" });
  await why.getByText("Woken by Ada Moreau: The list is ready").waitFor();
  const { issuePrefix } = run.company.company;
  await why.getByText(`Woken by the assignment of ${issuePrefix}-1`).waitFor();
  await why.getByRole("link", { name: "Ada Moreau's run" }).click();
  await page.getByRole("heading", { name: "Ada Moreau's run" }).waitFor();
  expect((await board.call("runs.get", { params: { id: run.runId } })).status).toBe("running");
});
