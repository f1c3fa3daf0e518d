import { useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { refused } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

it("an issue is made to wait for another one by its identifier, says so on both pages, and is freed again", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const add = (title: string) => company.board.call("issues.create", { params: { cid: company.cid }, body: { title } });
  const [samples, order] = [await add("Compare the samples"), await add("Order the paper")];
  const base = `/${company.company.issuePrefix.toLowerCase()}/issues`;
  const page = await browser.open(boardroom.url, `${base}/${order.identifier}`, {
    person: company.owner,
    tolerates: [refused(400), refused(422)],
  });

  await page.getByRole("link", { name: "Add a blocker" }).click();
  const sheet = page.getByRole("dialog", { name: `What must be done before ${order.identifier}?` });
  await sheet.getByLabel("Issue").fill("99");
  await sheet.getByRole("button", { name: "Add it" }).click();
  await sheet.getByText("There is no issue 99.").waitFor();
  await sheet.getByLabel("Issue").fill(order.identifier);
  await sheet.getByRole("button", { name: "Add it" }).click();
  await sheet.getByText("An issue can't wait for one that waits for it.").waitFor();
  await sheet.getByLabel("Issue").fill(samples.identifier.toLowerCase());
  await sheet.getByRole("button", { name: "Add it" }).click();

  const waits = page.getByRole("region", { name: "Waits for" });
  await waits.getByText("0 of 1 done").waitFor();
  expect([...(await findMisfits(page)), ...(await findViolations(page))]).toEqual([]);
  const timeline = page.getByRole("region", { name: "Timeline" });
  await timeline.getByText(`made this wait for ${samples.identifier}`).waitFor();

  await waits.getByRole("link", { name: "Compare the samples" }).click();
  await page.getByRole("region", { name: "Holds up" }).getByRole("link", { name: "Order the paper" }).click();
  await page.getByRole("heading", { name: "Order the paper" }).waitFor();
  await waits.getByRole("button", { name: `Don't wait for ${samples.identifier}` }).click();
  await waits.waitFor({ state: "hidden" });
  await timeline.getByText(`freed this from waiting for ${samples.identifier}`).waitFor();
  const freed = await company.board.call("issues.get", { params: { id: order.id } });
  expect(freed.blockedBy).toEqual([]);
});
