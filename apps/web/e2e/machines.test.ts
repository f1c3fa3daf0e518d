import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { registerMachine } from "./board/machine.ts";
import { connectMachine } from "./board/machine-run.ts";
import { countDocuments } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

function open({ company, owner }: TestCompany, path: string, options: { javaScriptEnabled?: boolean } = {}) {
  return browser.open(boardroom.url, `/${company.issuePrefix.toLowerCase()}${path}`, { person: owner, ...options });
}

/** A code as the board writes it: twelve signs in three groups. */
const codeIn = (text: string | null) => /[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text ?? "")?.[0] ?? "";

it("connects a machine from a phone: the code shows once, and the page turns green when the machine has used it", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const page = await open(company, "/more");
  await page.getByRole("link", { name: "Runners" }).click();
  await page.getByRole("link", { name: "Connect a machine" }).click();
  await page.getByLabel("Name").fill("Nora's laptop");
  await page.getByLabel("Labels").fill("Mac, studio");
  await page.getByRole("button", { name: "Make a code" }).click();
  const command = page.getByRole("region", { name: "Type this on the machine" }).locator("code");
  await command.waitFor();
  const code = codeIn(await command.textContent());
  expect(code).not.toBe("");
  await page.getByText("Waiting for the machine").waitFor();
  await page.getByText("As a QR code").click();
  await page.getByRole("img", { name: "The command" }).waitFor();

  const documents = countDocuments(page);
  const machine = await registerMachine(boardroom.url, code, { hostname: "noras-macbook.local" });
  await page.getByText("Nora's laptop is connected: macOS, arm64").waitFor();
  expect(documents()).toBe(0);
  expect(await page.content()).not.toContain(code);

  await page.getByRole("link", { name: "Open Nora's laptop" }).click();
  await page.getByRole("heading", { level: 1, name: "Nora's laptop" }).waitFor();
  await page.locator(".state", { hasText: "Offline" }).waitFor();
  const socket = await machine.connect();
  await page.locator(".state", { hasText: "Online" }).waitFor();
  await page.getByText("Claude Code 2.1.4").waitFor();
  for (const label of ["mac", "studio"]) await page.getByText(label, { exact: true }).waitFor();
  socket.close();
  await page.locator(".state", { hasText: "Offline" }).waitFor();
});

it("tells why work waits, lets a machine drain and resume, changes its labels, and revokes it after asking once more", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const machine = await connectMachine(boardroom, company);
  await machine.connect();
  const params = { cid: company.cid };
  const agent = await company.board.call("agents.create", {
    params,
    body: {
      name: "Ada Moreau",
      adapterType: "claude_local",
      adapterConfig: {},
      runtimeConfig: { runner: { labels: ["gpu"] } },
    },
  });
  await company.board.call("issues.create", { params, body: { title: "Train it", assigneeAgentId: agent.id } });
  const page = await open(company, "/runners");
  const wait = page.getByRole("status").filter({ hasText: "gpu" });
  await wait.waitFor();
  await wait.getByRole("link", { name: "Ada Moreau" }).waitFor();

  await page.getByRole("link", { name: "Studio Mac" }).click();
  await page.getByRole("button", { name: "Drain" }).click();
  await page.locator(".state", { hasText: "Draining" }).waitFor();
  await page.getByRole("button", { name: "Resume" }).click();
  await page.locator(".state", { hasText: "Online" }).waitFor();
  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByRole("dialog").getByLabel("Labels").fill("gpu");
  await page.getByRole("dialog").getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog").waitFor({ state: "detached" });
  expect((await machine.claim()).job.agent.name).toBe("Ada Moreau");
  await page.getByText("Train it").waitFor();

  await page.getByRole("link", { name: "Revoke" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Revoke for good" }).click();
  await page.locator(".state", { hasText: "Revoked" }).waitFor();
  await page.getByRole("link", { name: "Back" }).click();
  await page.getByText("A runner is a machine of yours").waitFor();
});

it("without JavaScript a machine gets its code, and an unused one is withdrawn", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const page = await open(company, "/runners/new", { javaScriptEnabled: false });
  await page.getByLabel("Name").fill("Build server");
  await page.getByRole("button", { name: "Make a code" }).click();
  const command = page.getByRole("region", { name: "Type this on the machine" }).locator("code");
  const code = codeIn(await command.textContent());
  await page.getByRole("link", { name: "Back" }).click();
  await page.getByRole("region", { name: "Codes that wait for a machine" }).getByText("Build server").waitFor();
  await page.getByRole("button", { name: "Withdraw" }).click();
  await page.getByText("A runner is a machine of yours").waitFor();
  const refusal = await registerMachine(boardroom.url, code).catch((error: unknown) => error);
  expect(refusal).toMatchObject({ status: 404 });
});
