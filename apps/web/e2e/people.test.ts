import { createClient } from "@boardroom/contract";
import { useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

const check = async (page: Page) => expect([...(await findMisfits(page)), ...(await findViolations(page))]).toEqual([]);

/** The owner's page of members on a phone. */
async function openMembers() {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const page = await browser.open(boardroom.url, `${base}/settings`, { person: company.owner });
  await page.getByRole("link", { name: "Members" }).tap();
  await page.getByRole("heading", { level: 1, name: "Members" }).waitFor();
  const makeLink = async (way: "By a link" | "By an open link", role: string) => {
    await page.getByRole("link", { name: "Invite" }).tap();
    await page.getByLabel(way).tap();
    await page.getByLabel("Role").selectOption(role);
    await check(page);
    await page.getByRole("button", { name: "Invite" }).tap();
    const link = await page.getByRole("region", { name: "Link" }).locator("code").textContent();
    return new URL(link ?? "").pathname;
  };
  const rolesOf = async () =>
    (await company.board.call("companies.members", { params: { cid: company.cid }, query: {} })).map(
      ({ displayName, role }) => `${displayName}: ${role}`,
    );
  return { company, base, page, makeLink, rolesOf };
}

it("on a phone somebody is invited by a link, signs up, is in with its role, gets another one and is removed", async () => {
  const { base, page, makeLink, rolesOf } = await openMembers();
  const path = await makeLink("By a link", "viewer");
  const guest = await browser.open(boardroom.url, path, { tolerates: [refused(404)] });
  await guest.getByRole("heading", { name: "Join Northwind Paper" }).waitFor();
  await check(guest);
  await guest.getByRole("link", { name: "Create an account" }).tap();
  await guest.getByLabel("Your name").fill("Pat Petersen");
  await guest.getByLabel("E-mail").fill(`pat-${crypto.randomUUID()}@example.com`);
  await guest.getByLabel("Password").fill("a-long-enough-password");
  await guest.getByRole("button", { name: "Create account" }).tap();
  await guest.getByRole("button", { name: "Join" }).tap();
  await guest.getByRole("heading", { level: 1, name: "Northwind Paper", exact: true }).waitFor();
  expect(await rolesOf()).toContain("Pat Petersen: viewer");

  await page.goto(`${base}/settings/members`);
  await page.getByRole("link", { name: "Pat Petersen" }).tap();
  const sheet = page.getByRole("dialog", { name: "Pat Petersen" });
  await sheet.getByLabel("Role").selectOption("operator");
  await sheet.getByRole("button", { name: "Save role" }).tap();
  await sheet.waitFor({ state: "detached" });
  expect(await rolesOf()).toContain("Pat Petersen: operator");
  await page.getByRole("link", { name: "Pat Petersen" }).tap();
  await sheet.getByText("Remove from the company").tap();
  await check(page);
  await sheet.getByRole("button", { name: "Remove Pat Petersen" }).tap();
  await page.getByRole("link", { name: "Pat Petersen" }).waitFor({ state: "detached" });
  await guest.goto(`${base}/inbox`);
  await guest.getByText("There is no company here that you can see.").waitFor();
  await guest.goto(path);
  await guest.getByText("This link was used already.").waitFor();
});

it("who opens an open link asks to join, and is in once an admin says yes", async () => {
  const { base, page, makeLink, rolesOf } = await openMembers();
  const path = await makeLink("By an open link", "operator");
  const person = await boardroom.signUp("Sam Sommer");
  const guest = await browser.open(boardroom.url, path, { person, device: "desktop" });
  await guest.getByRole("button", { name: "Ask to join" }).focus();
  await guest.keyboard.press("Enter");
  await guest.getByText("You asked Northwind Paper.").waitFor();
  expect(await findViolations(guest)).toEqual([]);
  await page.goto(`${base}/settings/members`);
  const request = page.getByRole("region", { name: "Ask to join" });
  await request.getByText("Sam Sommer").waitFor();
  await check(page);
  await request.getByRole("button", { name: "Let in" }).tap();
  await request.waitFor({ state: "detached" });
  expect(await rolesOf()).toContain("Sam Sommer: operator");
  await guest.goto(base);
  await guest.getByRole("heading", { level: 1, name: "Northwind Paper" }).waitFor();
});

it("a command line is let in on the phone by the code that it shows, and no other way", async () => {
  const { owner } = await boardroom.newCompany({ name: "Northwind Paper" });
  const terminal = createClient({ baseUrl: boardroom.url });
  const { id, secret, userCode } = await terminal.call("cliAuth.challenge", {
    body: { clientName: "boardroom on ada", keyDays: 30 },
  });
  const page = await browser.open(boardroom.url, "/device");
  await page.getByLabel("E-mail").fill(owner.email);
  await page.getByLabel("Password").fill(owner.password);
  await page.getByRole("button", { name: "Sign in" }).tap();
  await page.getByLabel("Code").fill("2222-2222");
  await page.getByRole("button", { name: "Go on" }).tap();
  await page.getByText("No command line shows 2222-2222.").waitFor();
  await check(page);
  await page.getByLabel("Code").fill(userCode.toLowerCase());
  await page.getByRole("button", { name: "Go on" }).tap();
  await page.getByRole("heading", { name: "Let boardroom on ada in?" }).waitFor();
  await page.getByText(userCode, { exact: true }).waitFor();
  await check(page);
  const poll = () => terminal.call("cliAuth.poll", { params: { id }, query: { secret } });
  expect(await poll()).toMatchObject({ status: "pending", token: null });
  await page.getByRole("button", { name: "Let it in" }).tap();
  await page.getByRole("heading", { name: "It is let in" }).waitFor();
  const { token } = await poll();
  expect(await boardroom.clientWith(token ?? "").call("cliAuth.me", {})).toMatchObject({ name: owner.name });
});
