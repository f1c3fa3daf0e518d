import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { type MachineRun, startMachineRun } from "./board/machine-run.ts";
import { countDocuments } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

function open({ company, owner }: TestCompany, path: string, options: { javaScriptEnabled?: boolean } = {}) {
  return browser.open(boardroom.url, `/${company.issuePrefix.toLowerCase()}${path}`, { person: owner, ...options });
}

/** Asks for a command as the runner does for its program. */
const ask = ({ api, job }: MachineRun, callId: string, command: string) =>
  api.call("toolApprovals.request", {
    params: { id: job.run.id },
    body: { callId, tool: "Bash", input: { command, timeout: 60 }, summary: command },
  });

const answerTo = ({ api }: MachineRun, id: string) => api.call("toolApprovals.get", { params: { id } });

it("a tool call appears on the phone with the command word by word; allowed there, the run reads the note", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const run = await startMachineRun(boardroom, company);
  const page = await open(company, "/inbox");
  const documents = countDocuments(page);
  const { id } = await ask(run, "call-1", "npm test -- 'src/**' && echo \"100 %\"");
  const card = page.getByRole("article").filter({ hasText: "Ada Moreau asks to use Bash" });
  await card.getByText("npm test -- 'src/**' && echo \"100 %\"", { exact: true }).waitFor();
  await page.getByRole("navigation", { name: "Places" }).getByRole("link", { name: "Inbox 1 to decide" }).waitFor();
  await card.getByText("The whole call").click();
  await card.getByText('"timeout": 60').waitFor();
  await card.getByText("Add a note").click();
  await card.getByLabel("Note to Ada Moreau").fill("Only the prices");
  await card.getByRole("button", { name: "Allow", exact: true }).click();
  await page.getByText("Allowed. The agent goes on.").waitFor();
  expect(await answerTo(run, id)).toMatchObject({ status: "allowed", note: "Only the prices" });
  expect(documents()).toBe(0);
  await page.getByRole("link", { name: "Decided" }).click();
  await page.getByRole("article").filter({ hasText: "asked to use Bash" }).getByText("Allowed").waitFor();
});

it("always allow this: the same call needs nobody the next time, and the rule stands in the settings", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const run = await startMachineRun(boardroom, company);
  await ask(run, "call-1", "git status");
  const page = await open(company, "");
  const card = page.getByRole("region", { name: "Needs you" }).getByRole("article");
  await card.getByRole("button", { name: "Always allow this" }).click();
  await page.getByText("Allowed, and calls like it from now on.").waitFor();
  expect(await ask(run, "call-2", "git status")).toMatchObject({ status: "allowed", ruleId: expect.any(String) });
  const { issuePrefix } = company.company;
  await page.goto(`/${issuePrefix.toLowerCase()}/settings/tool-rules`);
  await page.getByRole("listitem").filter({ hasText: "git status" }).getByText("Allow").waitFor();
});

it("the run's page shows the call in place; denied without JavaScript, it is denied", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const run = await startMachineRun(boardroom, company);
  const { id } = await ask(run, "call-1", "rm -rf build");
  const page = await open(company, `/runs/${run.job.run.id}`, { javaScriptEnabled: false });
  await page.getByRole("link", { name: "Studio Mac" }).waitFor();
  await page.getByRole("button", { name: "Deny" }).click();
  await page.getByText("Denied. The agent is told.").waitFor();
  expect(await answerTo(run, id)).toMatchObject({ status: "denied" });
  await page.getByText("1 answered tool call").click();
  await page.getByRole("article").getByText("rm -rf build", { exact: true }).waitFor();
});

it("rules are added, moved, changed and deleted, and the first one that fits decides", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const run = await startMachineRun(boardroom, company);
  const page = await open(company, "/settings");
  await page.getByRole("link", { name: "Tool rules" }).click();
  const add = async (effect: string, tool: string, shape: string) => {
    await page.getByRole("link", { name: "Add a rule" }).click();
    const sheet = page.getByRole("dialog");
    await sheet.getByLabel(effect).check();
    await sheet.getByLabel("Tool").fill(tool);
    await sheet.getByLabel("Command or file").fill(shape);
    await sheet.getByRole("button", { name: "Add rule" }).click();
    await sheet.waitFor({ state: "detached" });
  };
  await add("Deny", "Bash", "*");
  await add("Allow", "Bash", "git *");
  const rules = page.getByRole("listitem");
  expect(await ask(run, "call-1", "git log")).toMatchObject({ status: "denied" });
  await rules.filter({ hasText: "git *" }).getByRole("button", { name: "Try it earlier" }).click();
  await expect.poll(() => rules.first().textContent()).toContain("git *");
  expect(await ask(run, "call-2", "git log")).toMatchObject({ status: "allowed" });

  await rules.first().getByRole("link").click();
  await page.getByRole("dialog").getByLabel("Ask me").check();
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await rules.first().getByText("Ask me").waitFor();
  await rules.first().getByRole("link").click();
  await page.getByRole("dialog").getByRole("button", { name: "Delete" }).click();
  await expect.poll(() => rules.filter({ hasText: "Bash" }).count()).toBe(1);
});
