import { useOwnBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { countDocuments, serverAway } from "./browser/watch-page.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useOwnBoardroom();
const browser = useBrowser();

it("a page whose connection was cut says so quietly, and catches up with what happened meanwhile", async () => {
  const { board, cid, company, owner } = await boardroom.newCompany({ name: "Northwind Paper" });
  const { id, identifier } = await board.call("issues.create", { params: { cid }, body: { title: "Order samples" } });
  const path = `/${company.issuePrefix.toLowerCase()}/issues/${identifier}`;
  const page = await browser.open(boardroom.url, path, { person: owner, tolerates: [serverAway, /status of 50[0-9]/] });
  const documents = countDocuments(page);
  const comment = (body: string) => board.call("issues.comment", { params: { id }, body: { body } });
  await comment("Before");
  await page.getByText("Before").waitFor();

  await boardroom.killWorker();
  const notice = page.getByText("Reconnecting").filter({ visible: true });
  await notice.waitFor();
  await page.getByRole("heading", { name: "Order samples" }).waitFor();

  await boardroom.restartWorker();
  await comment("Meanwhile");
  await page.getByText("Meanwhile").waitFor({ timeout: 15_000 });
  await notice.waitFor({ state: "hidden" });
  await comment("Afterwards");
  await page.getByText("Afterwards").waitFor();
  expect(documents()).toBe(0);
});
