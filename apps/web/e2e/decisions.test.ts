import { behaviours, startPushService, type TestCompany, useBoardroom } from "@boardroom/testing";
import type { CDPSession, Page } from "playwright-core";
import { expect, it, onTestFinished } from "vitest";
import { findViolations } from "./board/find-violations.ts";
import { readMailLink } from "./board/read-mail-link.ts";
import { tabTo } from "./board/tab-to.ts";
import { useBrowser, waitForHydration } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

/** A company with an agent that asks, and an owner whose address is confirmed. */
async function given() {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  await boardroom.ownerQuery("update users set email_verified = true where email = $1", [company.owner.email]);
  const hired = await boardroom.hireHttpAgent(company, { name: "Ada Moreau", behaviour: behaviours.finish() });
  const key = await hired.withKey();
  const ask = (title: string) =>
    key.call("approvals.create", {
      params: { cid: company.cid },
      body: { type: "request_board_approval", payload: { title, reason: "The stock is low." } },
    });
  const open = (path: string, device: "phone" | "desktop" = "phone") =>
    browser.open(boardroom.url, `/${company.company.issuePrefix.toLowerCase()}${path}`, {
      device,
      person: company.owner,
    });
  const statusOf = async (id: string) => (await company.board.call("approvals.get", { params: { id } })).status;
  return { company, ask, open, statusOf };
}

const grace = ({ board, cid }: TestCompany, graceSeconds: number) =>
  board.call("decisionPolicies.set", {
    params: { cid, type: "request_board_approval" },
    body: { quorum: 1, minimumRole: "admin", graceSeconds, escalateAfterSec: null, expiresAfterSec: null },
  });

/** Hands a push to the page's service worker, as the browser does when its push service brings one. */
async function deliverPush(session: CDPSession, origin: string, notice: object): Promise<void> {
  const registration = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL.startsWith(origin));
      if (found) resolve(found.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const data = JSON.stringify(notice);
  await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await registration, data });
}

/** What the page's service worker hands to the system from now on: a browser without a screen has none to show it on. */
async function watchNotifications(page: Page): Promise<() => Promise<unknown>> {
  const context = page.context();
  const worker = context.serviceWorkers()[0] ?? (await context.waitForEvent("serviceworker"));
  await worker.evaluate(`
    self.shown = [];
    self.registration.showNotification = async (title, { data }) => void self.shown.push([title, data.url])`);
  return () => worker.evaluate("self.shown");
}

it("on a phone a push says who asks what, and leads to the page where a tap approves it", async () => {
  const { company, ask, open, statusOf } = await given();
  const pushes = await startPushService();
  onTestFinished(() => pushes.stop());
  const { label: _, endpoint, ...keys } = pushes.subscribe();
  const page = await open("/settings");
  await page.context().grantPermissions(["notifications"], { origin: boardroom.url });
  // The browser's own push service is out in the world; ours speaks the same protocol.
  await page.addInitScript(
    (subscription) => {
      PushManager.prototype.subscribe = async () => ({ toJSON: () => subscription }) as unknown as PushSubscription;
    },
    { endpoint, keys },
  );
  await page.goto(`/${company.company.issuePrefix.toLowerCase()}/settings/notifications`);
  await waitForHydration(page);
  await page.getByRole("button", { name: "Push to this device" }).click();
  await page.getByRole("button", { name: /^Remove / }).waitFor();
  expect(await findViolations(page)).toEqual([]);

  const { id } = await ask("May I order paper?");
  await expect.poll(() => pushes.received.length).toBe(1);
  const notice = pushes.received[0]?.notice ?? {};
  const shown = await watchNotifications(page);
  await deliverPush(await page.context().newCDPSession(page), boardroom.url, notice);
  const path = `/${company.company.issuePrefix.toLowerCase()}/decisions/approval/${id}`;
  await expect.poll(shown).toEqual([["Ada Moreau asks: May I order paper?", path]]);

  await page.goto(path);
  await waitForHydration(page);
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Approve" }).tap();
  await page.getByText("Approved.").first().waitFor();
  expect(await statusOf(id)).toBe("approved");
  await page.getByRole("region", { name: "Receipt" }).waitFor();
});

it("the link of a mail leads to the decision; within its grace window a yes is taken back", async () => {
  const { company, ask, open, statusOf } = await given();
  await grace(company, 600);
  const { id } = await ask("May I print?");
  const link = await readMailLink(boardroom.addresses.mailboxUrl, company.owner.email, "Ada Moreau asks: May I print?");
  const page = await open("");
  await page.goto(link);
  await waitForHydration(page);
  await page.getByRole("button", { name: "Approve" }).tap();
  await page.getByText(/Takes effect in/).waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("button", { name: "Undo" }).tap();
  await page.getByText("Taken back. It waits for a decision again.").waitFor();
  expect(await statusOf(id)).toBe("pending");
  await page.getByLabel("Comment", { exact: true }).fill("How many sheets?");
  await page.getByRole("button", { name: "Comment" }).tap();
  await page.getByText("How many sheets?").waitFor();
});

it("by keyboard alone on a desktop, the link of a mail leads to the decision, which is rejected with a note", async () => {
  const { company, ask, open, statusOf } = await given();
  const { id } = await ask("May I print twice?");
  const { email } = company.owner;
  const link = await readMailLink(boardroom.addresses.mailboxUrl, email, "Ada Moreau asks: May I print twice?");
  const page = await open("", "desktop");
  await page.goto(link);
  await waitForHydration(page);
  const badge = page.getByRole("navigation", { name: "Company" }).getByRole("link", { name: "Inbox 1 to decide" });
  await badge.waitFor();
  await tabTo(page, page.getByText("Add a note"));
  await page.keyboard.press("Enter");
  await tabTo(page, page.getByLabel("Note to who asked"));
  await page.keyboard.type("Once is enough");
  await tabTo(page, page.getByRole("button", { name: "Reject" }));
  await page.keyboard.press("Enter");
  await page.getByText("Rejected.").first().waitFor();
  await badge.waitFor({ state: "detached" });
  expect(await findViolations(page)).toEqual([]);
  expect(await statusOf(id)).toBe("rejected");
  await tabTo(page, page.getByRole("link", { name: "History" }));
  await page.keyboard.press("Enter");
  await page.getByRole("listitem").filter({ hasText: "rejected May I print twice?" }).waitFor();
});

it("by keyboard alone on a desktop: j to a card, e and Enter for yes, l for later", async () => {
  const { ask, open, statusOf } = await given();
  const first = await ask("May I order ink?");
  const second = await ask("May I order staples?");
  const page = await open("/inbox", "desktop");
  await page.getByRole("article").filter({ hasText: "staples" }).waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("j");
  expect(await page.evaluate(() => document.activeElement?.textContent)).toContain("ink");
  await page.keyboard.press("e");
  const sheet = page.getByRole("dialog", { name: "Approve?" });
  await sheet.getByText("May I order ink?").waitFor();
  expect(await findViolations(page)).toEqual([]);
  await page.keyboard.press("Enter");
  await page.getByText("Approved.").first().waitFor();
  expect(await statusOf(first.id)).toBe("approved");
  await page.keyboard.press("j");
  await page.keyboard.press("l");
  await page.getByText("Put off until tomorrow, for you alone.").waitFor();
  await page.getByRole("link", { name: "Later 1" }).click();
  await page.getByRole("article").filter({ hasText: "staples" }).waitFor();
  await page.getByRole("button", { name: "Bring it back" }).click();
  await page.getByText("You have put nothing off.").waitFor();
  expect(await statusOf(second.id)).toBe("pending");
});

/** Drags a finger over a card. */
async function swipe(page: Page, session: CDPSession, text: string, dx: number): Promise<void> {
  const box = await page.getByRole("article").filter({ hasText: text }).boundingBox();
  if (!box) throw new Error(`There is no card "${text}"`);
  const at = { x: box.x + box.width / 2, y: box.y + 20 };
  const send = (type: "touchStart" | "touchMove" | "touchEnd", touchPoints: { x: number; y: number }[]) =>
    session.send("Input.dispatchTouchEvent", { type, touchPoints });
  await send("touchStart", [at]);
  for (let step = 1; step <= 6; step++) await send("touchMove", [{ x: at.x + (dx * step) / 6, y: at.y }]);
  await send("touchEnd", []);
}

it("on a phone a swipe to the right asks once more and approves, one to the left puts off; rules are set by form", async () => {
  const { company, ask, open, statusOf } = await given();
  const { id } = await ask("May I order glue?");
  await ask("May I order tape?");
  const page = await open("/inbox");
  const session = await page.context().newCDPSession(page);
  await swipe(page, session, "glue", 150);
  await page.getByRole("dialog", { name: "Approve?" }).getByRole("button", { name: "Approve" }).tap();
  await page.getByText("Approved.").first().waitFor();
  expect(await statusOf(id)).toBe("approved");
  await swipe(page, session, "tape", -150);
  await page.getByText("Put off until tomorrow, for you alone.").waitFor();

  await page.goto(`/${company.company.issuePrefix.toLowerCase()}/settings/decisions`);
  await waitForHydration(page);
  expect(await findViolations(page)).toEqual([]);
  await page.getByRole("link", { name: "Hires" }).tap();
  const hires = page.getByRole("dialog", { name: "Hires" });
  await hires.getByLabel("Votes that it takes").fill("2");
  expect(await findViolations(page)).toEqual([]);
  await hires.getByRole("button", { name: "Save" }).tap();
  await page.getByText("2 votes of admins and owners").waitFor();
  await page.getByText("Nobody can decide").waitFor();
});
