import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { connectMachine } from "./board/machine-run.ts";
import { refused } from "./browser/watch-page.ts";
import { type PageOptions, useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

function open({ company, owner }: TestCompany, path: string, options: PageOptions = {}) {
  return browser.open(boardroom.url, `/${company.issuePrefix.toLowerCase()}${path}`, { person: owner, ...options });
}

const agentOf = async ({ board, cid }: TestCompany) => (await board.call("agents.list", { params: { cid } }))[0];

it("hires Claude Code by the form that its adapter describes, and says at the field what is wrong", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const machine = await connectMachine(boardroom, company);
  const page = await open(company, "/agents/new", { tolerates: [refused(400)] });
  await page.getByLabel("Name").fill("Ada Moreau");
  await page.getByLabel("Kind of agent").selectOption({ label: "Claude Code" });
  await page.getByLabel("Model").fill("claude-sonnet-4-5");
  expect(await page.getByLabel("Name").inputValue()).toBe("Ada Moreau");
  expect(await page.getByLabel("Webhook URL").count()).toBe(0);
  await page.getByLabel("Runner").selectOption({ label: "Studio Mac" });
  await page.getByText("More settings").click();
  await page.getByLabel("Environment").fill("REGION");
  await page.getByRole("button", { name: "Hire" }).click();
  await page.getByText('Write NAME=value instead of "REGION".').waitFor();
  await page.getByLabel("Environment").fill("REGION=eu");
  await page.getByRole("button", { name: "Hire" }).click();
  await page.getByRole("heading", { name: "Ada Moreau is hired" }).waitFor();
  await page.getByText("It runs on a machine of yours").waitFor();
  expect(await agentOf(company)).toMatchObject({
    adapterType: "claude_local",
    adapterConfig: { model: "claude-sonnet-4-5", env: { REGION: "eu" } },
    runtimeConfig: { runner: { runnerId: machine.runnerId } },
  });
});

it("keeps what the form doesn't change: schedule and labels stand side by side", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  await company.board.call("agents.create", {
    params: { cid: company.cid },
    body: {
      name: "Ada Moreau",
      adapterType: "claude_local",
      adapterConfig: { model: "claude-sonnet-4-5" },
      runtimeConfig: { heartbeat: { enabled: true, intervalSec: 7200 } },
    },
  });
  const page = await open(company, "/agents/ada-moreau?tab=configuration");
  await page.getByLabel("Labels").fill("gpu, Mac");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("link", { name: "Schedule" }).first().click();
  await page.getByLabel("Every").fill("3");
  await page.getByRole("button", { name: "Save schedule" }).click();
  await page.getByText("Saved.").waitFor();
  expect(await agentOf(company)).toMatchObject({
    adapterConfig: { model: "claude-sonnet-4-5" },
    runtimeConfig: { heartbeat: { enabled: true, intervalSec: 10_800 }, runner: { labels: ["gpu", "mac"] } },
  });
});

it("tests the environment on the machine before anything is saved, and shows what was found with what to do", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const machine = await connectMachine(boardroom, company);
  await machine.connect();
  const page = await open(company, "/agents/new?adapter=claude_local");
  await page.getByLabel("Name").fill("Ada Moreau");
  await page.getByRole("button", { name: "Test environment" }).click();
  const job = await machine.answerTest([
    { level: "info", code: "program_found", message: "claude 2.1.4 is installed." },
    { level: "error", code: "not_signed_in", message: "It is not signed in.", hint: "Run claude login on it." },
  ]);
  expect(job.adapter.type).toBe("claude_local");
  const report = page.getByRole("status", { name: "Environment test" });
  await report.getByText("It won't work yet").waitFor();
  await report.getByText("Run claude login on it.").waitFor();
  await report.getByText("on Studio Mac").waitFor();
  expect(await page.getByLabel("Name").inputValue()).toBe("Ada Moreau");
  expect(await agentOf(company)).toBeUndefined();
});

it("without JavaScript one chooses a kind, hires it, and reads why its environment can't be tested", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const page = await open(company, "/agents/new", { javaScriptEnabled: false });
  await page.getByLabel("Kind of agent").selectOption({ label: "Claude Code" });
  await page.getByRole("button", { name: "Show its settings" }).click();
  await page.getByLabel("Name").fill("Ada Moreau");
  await page.getByLabel("Model").fill("claude-sonnet-4-5");
  await page.getByRole("button", { name: "Test environment" }).click();
  await page.getByText("It won't work yet").waitFor();
  expect(await page.getByLabel("Model").inputValue()).toBe("claude-sonnet-4-5");
  await page.getByRole("button", { name: "Hire" }).click();
  await page.getByText("Its work waits until a machine is connected.").waitFor();
  await page.getByRole("link", { name: "Connect a machine" }).click();
  await page.getByRole("heading", { level: 1, name: "Connect a machine" }).waitFor();
});
