import { useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

it("switches between two companies on a desktop, each with its own work, and signs out", async () => {
  const { owner, board, company: first } = await boardroom.newCompany({ name: "Northwind Paper" });
  const second = await board.call("companies.create", { body: { name: "Harbour Bakery" } });
  await board.call("issues.create", { params: { cid: second.id }, body: { title: "Order flour" } });
  const page = await browser.open(boardroom.url, `/${first.issuePrefix.toLowerCase()}/issues`, {
    device: "desktop",
    person: owner,
  });
  await page.getByText("Nothing is open").waitFor();
  const rail = page.getByRole("navigation", { name: "Company" });
  await rail.locator("summary").click();
  await rail.getByRole("link", { name: "Harbour Bakery" }).click();
  await page.getByRole("heading", { level: 1, name: "Harbour Bakery" }).waitFor();
  await rail.getByRole("link", { name: "Issues" }).click();
  await page.getByRole("link", { name: "Order flour" }).waitFor();

  await rail.getByRole("link", { name: "Settings" }).click();
  await page.getByRole("button", { name: "Sign out", exact: true }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.goto(`/${second.issuePrefix.toLowerCase()}/issues`);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  expect(new URL(page.url()).searchParams.get("next")).toBe(`/${second.issuePrefix.toLowerCase()}/issues`);
});

it("chooses a company on a phone, where one sees what waits in each", async () => {
  const { owner, board, company } = await boardroom.newCompany({ name: "Northwind Paper" });
  await board.call("companies.create", { body: { name: "Harbour Bakery" } });
  const page = await browser.open(boardroom.url, `/${company.issuePrefix.toLowerCase()}/more`, { person: owner });
  await page.getByRole("link", { name: "Companies" }).click();
  await page.getByRole("heading", { name: "Companies" }).waitFor();
  await page.getByRole("link", { name: "Harbour Bakery" }).click();
  await page.getByRole("heading", { level: 1, name: "Harbour Bakery" }).waitFor();
});

it("answers another company's address, and one that names nothing, as not there", async () => {
  const { owner, company } = await boardroom.newCompany({ name: "Northwind Paper" });
  const { company: other } = await boardroom.newCompany({ name: "Harbour Bakery" });
  const page = await browser.open(boardroom.url, `/${other.issuePrefix.toLowerCase()}`, {
    person: owner,
    tolerates: [/status of 404/],
  });
  expect(await page.textContent("body")).not.toContain("Harbour Bakery");
  await page.getByRole("heading", { level: 1 }).waitFor();
  for (const thing of ["machine", "project", "run"]) {
    const answer = await page.goto(
      `/${company.issuePrefix.toLowerCase()}/${thing === "machine" ? "runner" : thing}s/nothing`,
    );
    expect([thing, answer?.status()]).toEqual([thing, 404]);
    await page.getByText(`There is no ${thing} at this address.`).waitFor();
  }
});
