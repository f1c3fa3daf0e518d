import { behaviours, startAgent, type TestCompany, useBoardroom } from "@boardroom/testing";
import { expect, it, onTestFinished } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

const open = ({ company, owner }: TestCompany, path: string) =>
  browser.open(boardroom.url, `/${company.issuePrefix.toLowerCase()}${path}`, {
    person: owner,
    tolerates: [refused(422)],
  });

it("has a program told what happens, sees what came of each try, and sends once more what failed", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const receiver = await startAgent(behaviours.status(500, {}, "out of paper"));
  onTestFinished(() => receiver.stop());
  const page = await open(company, "/settings");
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByRole("link", { name: "Add an address" }).click();
  await page.getByLabel("Address").fill("https://10.0.0.8/hook");
  await page.getByRole("button", { name: "Add address" }).click();
  await page.getByText("The address 10.0.0.8 is not a public one.").waitFor();
  await page.getByLabel("Address").fill(receiver.url);
  await page.getByLabel("Description").fill("The warehouse");
  await page.getByLabel("Goals").check();
  expect(await findViolations(page)).toEqual([]);
  expect(await findMisfits(page)).toEqual([]);
  await page.getByRole("button", { name: "Add address" }).click();
  const secret = (await page.getByText(/^whsec_/).textContent()) ?? "";
  receiver.trust(secret);
  await page.getByRole("link", { name: "Send it a test" }).click();
  await page.getByRole("button", { name: "Send a test" }).click();
  await page.getByText("The address answered 500.").first().waitFor();

  receiver.behave(behaviours.status(410));
  await company.board.call("goals.create", { params: { cid: company.cid }, body: { title: "Sell paper" } });
  await page.getByText("Stopped: it is told nothing.").waitFor();
  receiver.behave(behaviours.status(200, {}, "thanks"));
  await page.getByRole("button", { name: "Start" }).click();
  await page.getByText("it is told what happens from now on").waitFor();
  await page.getByRole("link", { name: "Send what it missed" }).click();
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await page.getByText("What it missed is on its way.").waitFor();
  const delivered = page.locator("details", { hasText: "Delivered" }).filter({ hasText: "goal.created" });
  await delivered.locator("summary").click();
  await delivered.getByText("thanks").waitFor();
  expect(await findViolations(page)).toEqual([]);
  expect(await findMisfits(page)).toEqual([]);
  const before = receiver.received.length;
  await delivered.getByRole("button", { name: "Send once more" }).click();
  await page.getByText("On its way once more.").waitFor();
  await expect.poll(() => receiver.received.length, { timeout: 20_000 }).toBe(before + 1);

  await page.getByRole("link", { name: "New signing secret" }).click();
  await page.getByRole("button", { name: "Make it" }).click();
  expect(await page.getByText(/^whsec_/).textContent()).not.toBe(secret);
  await page.getByRole("link", { name: "Delete" }).click();
  await page.getByRole("button", { name: "Delete it and its log" }).click();
  await page.getByRole("link", { name: "Add an address" }).waitFor();
});
