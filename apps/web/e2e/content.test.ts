import { type TestCompany, useBoardroom } from "@boardroom/testing";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { refused } from "./browser/watch-page.ts";
import { useBrowser, waitForHydration } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

const picture = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);
const description = `## What to print

| Item | Copies | Paper |
|---|--:|---|
| Notebook with a rather long name, dotted | 2,400 | Matt, 120 g, uncoated, from the mill |

- [x] Texts
- [ ] Photos, see https://example.com/a/rather/long/address/that/has/to/break/somewhere

\`\`\`
npm run print -- --everything --with-a-long-line --that-scrolls-inside --and-never-the-page
\`\`\`

<script>document.title = "taken over"</script>`;

/** An agent at work on an issue with a rich description. */
async function given() {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const hired = await boardroom.hireHttpAgent(company, { name: "Ada Moreau" });
  const key = await hired.withKey();
  const issue = await company.board.call("issues.create", {
    params: { cid: company.cid },
    body: { title: "Spring catalogue", description, status: "backlog", assigneeAgentId: hired.agent.id },
  });
  const path = `/${company.company.issuePrefix.toLowerCase()}/issues`;
  return { company, key, issue, list: path, path: `${path}/${issue.identifier}`, of: { params: { id: issue.id } } };
}

async function check(page: Page): Promise<void> {
  expect([...(await findMisfits(page)), ...(await findViolations(page))]).toEqual([]);
}
const isUnread = async ({ board, cid }: TestCompany) =>
  (await board.call("issues.list", { params: { cid } }))[0]?.isUnread;

it("on a phone, markdown is seen as what it means, and what is new since the last visit is set apart", async () => {
  const { company, key, issue, list, path, of } = await given();
  const page = await browser.open(boardroom.url, path, { person: company.owner });
  await page.getByRole("table").getByRole("cell", { name: "2,400" }).waitFor();
  await page.getByRole("img", { name: "Done" }).waitFor();
  expect(await page.getByText("document.title =").isVisible()).toBe(true);
  expect(await page.title()).toContain("Spring catalogue");
  await check(page);
  await expect.poll(() => isUnread(company)).toBe(false);
  await page.goto(list);

  await key.call("issues.comment", { ...of, body: { body: `Two photos of **${issue.identifier}** are missing` } });
  await page.getByRole("img", { name: "Unread" }).waitFor();
  await check(page);
  await page.getByRole("link", { name: "Spring catalogue" }).click();
  await page.getByText("New since your last visit").waitFor();
  await page
    .getByRole("listitem")
    .filter({ hasText: "are missing" })
    .getByRole("link", { name: issue.identifier })
    .waitFor();
  await expect.poll(() => isUnread(company)).toBe(false);
  await page.getByLabel("Comment").fill("- one\n- two");
  await page.getByLabel("Comment").press("Control+Enter");
  await page
    .getByRole("listitem")
    .filter({ hasText: "Olga Owner" })
    .getByRole("listitem")
    .filter({ hasText: "two" })
    .waitFor();
  await check(page);
  await page.getByRole("button", { name: "Mark as unread" }).click();
  await page.getByRole("img", { name: "Unread" }).waitFor();
});

it("on a phone, a document is written; where an agent wrote meanwhile both are shown, and nothing is lost", async () => {
  const { company, key, path, of } = await given();
  const page = await browser.open(boardroom.url, path, { person: company.owner });
  await page.getByRole("link", { name: "Write a document" }).click();
  await page.getByLabel("Title").fill("Print plan");
  await page.getByLabel("Text").fill("# Steps\n\n1. Proof\n2. Print");
  await page.getByRole("button", { name: "Preview" }).click();
  await page.getByRole("heading", { name: "Steps" }).waitFor();
  await check(page);
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Version 1 by Olga Owner").waitFor();
  await check(page);

  await page.getByRole("link", { name: "Edit" }).click();
  await page.getByLabel("Text").fill("# Steps\n\n1. Proof\n2. Print\n3. Bind");
  const document = { params: { id: of.params.id, key: "print-plan" } };
  const { latestRevisionId } = await key.call("documents.get", document);
  await key.call("documents.put", {
    ...document,
    body: { body: "# Steps\n\n1. Proof twice\n2. Print", baseRevisionId: latestRevisionId, changeSummary: "Safer" },
  });
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Ada Moreau saved version 2 while you were writing").waitFor();
  await page.getByText("3. Bind").first().waitFor();
  await check(page);
  await page.getByLabel("Your text").fill("# Steps\n\n1. Proof twice\n2. Print\n3. Bind");
  await page.getByRole("button", { name: "Save yours" }).click();
  await page.getByText("Version 3 by Olga Owner").waitFor();
  await page.getByText("Bind").waitFor();

  await page.getByRole("link", { name: /Version 2: Safer/ }).click();
  await page.getByText("+1. Proof twice").waitFor();
  await check(page);
  await page.getByText("Restore version 2").click();
  await page.getByRole("button", { name: "Restore it" }).click();
  await page.getByText("Version 4 by Olga Owner").waitFor();
  expect((await key.call("documents.get", document)).body).toBe("# Steps\n\n1. Proof twice\n2. Print");
});

it("on a phone, a file is attached as soon as it is chosen, refused files say why, and one is deleted after a question", async () => {
  const { company, path, of } = await given();
  const page = await browser.open(boardroom.url, path, { person: company.owner, tolerates: [/status of 415/] });
  await page.getByLabel("Attach a file").setInputFiles({ name: "cover.png", mimeType: "image/png", buffer: picture });
  await page.getByRole("link", { name: "cover.png", exact: true }).waitFor();
  const shown = page.locator("img.thumbnail");
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
  await check(page);
  await page
    .getByLabel("Attach a file")
    .setInputFiles({ name: "a.png", mimeType: "image/png", buffer: Buffer.from("no") });
  await page.getByText("a.png is not the picture that its name says it is.").waitFor();
  await check(page);
  await page.goto(path);
  await waitForHydration(page);
  await page.getByRole("link", { name: "Delete cover.png" }).click();
  await check(page);
  await page.getByRole("button", { name: "Delete file" }).click();
  await shown.waitFor({ state: "detached" });
  expect(await company.board.call("attachments.list", of)).toEqual([]);
});

it("on a phone, a link to what came out of the work is added, and one that is no address is refused", async () => {
  const { company, path, of } = await given();
  const page = await browser.open(boardroom.url, path, { person: company.owner, tolerates: [refused(400)] });
  await page.getByRole("link", { name: "Add a link" }).click();
  const sheet = page.getByRole("dialog");
  await sheet.getByLabel("Title").fill("The printed proof");
  await sheet.getByLabel("Address").fill("ftp://example.com/proof");
  await sheet.getByRole("button", { name: "Add link" }).click();
  await sheet.getByText("Invalid URL.").waitFor();
  await check(page);
  await sheet.getByLabel("Address").fill("https://example.com/proof");
  await sheet.getByRole("button", { name: "Add link" }).click();
  const products = page.getByRole("region", { name: "Work products" });
  const link = products.getByRole("link", { name: "The printed proof" });
  expect(await link.getAttribute("href")).toBe("https://example.com/proof");
  await products.getByRole("link", { name: "Add a link" }).waitFor();
  await check(page);
  expect(await company.board.call("workProducts.list", of)).toMatchObject([
    { kind: "link", title: "The printed proof" },
  ]);
});

it("without JavaScript a file is attached and a document written all the same", async () => {
  const { company, path } = await given();
  const page = await browser.open(boardroom.url, path, { person: company.owner, javaScriptEnabled: false });
  await page
    .getByLabel("Attach a file")
    .setInputFiles({ name: "notes.txt", mimeType: "text/plain", buffer: Buffer.from("x") });
  await page.getByRole("button", { name: "Attach it" }).click();
  await page.getByRole("link", { name: "notes.txt", exact: true }).waitFor();
  await page.goto(`${path}/documents/new`);
  await page.getByLabel("Title").fill("Notes");
  await page.getByLabel("Text").fill("**Plain**");
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("Version 1 by Olga Owner").waitFor();
  expect(await page.locator(".prose strong").textContent()).toBe("Plain");
});
