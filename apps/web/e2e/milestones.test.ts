import { useBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { findMisfits } from "./board/find-misfits.ts";
import { findViolations } from "./board/find-violations.ts";
import { useBrowser } from "./browser.ts";

const boardroom = useBoardroom();
const browser = useBrowser();

it("on a phone a milestone is set, takes an issue, shows how far it is, and is deleted once confirmed", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { board, cid } = company;
  const params = { cid };
  const title = "Fifty shops that reorder every month by June";
  const goal = await board.call("goals.create", { params, body: { title, level: "company" } });
  const project = await board.call("projects.create", { params, body: { name: "Catalogue of the coast" } });
  const body = { projectId: project.id };
  const parent = await board.call("issues.create", { params, body: { ...body, title: "Print the spring catalogue" } });
  const ofParent = { ...body, parentId: parent.id, title: "Check the pages" };
  const issue = await board.call("issues.create", { params, body: ofParent });
  await board.call("issues.create", { params, body: { ...body, title: "Order the paper" } });
  const base = `/${company.company.issuePrefix.toLowerCase()}`;
  const page = await browser.open(boardroom.url, `${base}/projects/${project.id}`, { person: company.owner });
  const milestones = page.getByRole("region", { name: "Milestones" });
  const expectFit = async () => expect([...(await findMisfits(page)), ...(await findViolations(page))]).toEqual([]);

  await milestones.getByText("A milestone is a step on the way").waitFor();
  await milestones.getByRole("link", { name: "Add a milestone" }).tap();
  const adding = page.getByRole("dialog", { name: "Add a milestone" });
  await adding.getByLabel("Name").fill("At the printer");
  await adding.getByLabel("Target date").fill("2020-01-15");
  await adding.getByRole("button", { name: "Add milestone" }).tap();
  await milestones.getByText("No issues yet").waitFor();
  await milestones.getByText("Overdue").waitFor();
  await expectFit();

  await page.goto(`${base}/issues/${issue.identifier}`);
  const trace = page.getByRole("navigation", { name: "What it is for" });
  expect(await trace.getByRole("link").allTextContents()).toEqual([
    `Goal: ${goal.title}`,
    "Project: Catalogue of the coast",
    `Part of: ${parent.identifier} ${parent.title}`,
  ]);
  await page.locator(".phone-only").getByRole("link", { name: "Change milestone" }).tap();
  await page.getByRole("dialog", { name: "Milestone" }).getByRole("button", { name: "At the printer" }).tap();
  await trace.getByRole("link", { name: "At the printer" }).waitFor();
  await expectFit();
  for (const status of ["in_progress", "done"] as const)
    await board.call("issues.update", { params: { id: issue.id }, body: { status } });

  await trace.getByRole("link", { name: "At the printer" }).tap();
  await page.getByText("1 issue", { exact: true }).waitFor();
  expect(await page.getByLabel("Milestone").inputValue()).not.toBe("");
  await page.goto(`${base}/issues/new?project=${project.id}`);
  await page.getByLabel("Title").fill("Call the printer");
  await page.getByLabel("Milestone").selectOption("At the printer");
  await page.getByRole("button", { name: "Create issue" }).tap();
  await trace.getByRole("link", { name: "At the printer" }).waitFor();

  await page.goto(`${base}/projects/${project.id}`);
  await milestones.getByText("1 of 2 done").waitFor();
  await milestones.getByRole("link", { name: "Edit At the printer" }).tap();
  await page.getByRole("dialog").getByRole("link", { name: "Delete" }).tap();
  const deleting = page.getByRole("dialog", { name: "Delete At the printer" });
  await deleting.getByText("2 issues in it stay in the project without a milestone.").waitFor();
  await expectFit();
  await deleting.getByRole("button", { name: "Delete the milestone" }).tap();
  await milestones.getByText("A milestone is a step on the way").waitFor();
  expect(await board.call("issues.get", { params: { id: issue.id } })).toMatchObject({
    projectId: project.id,
    milestoneId: null,
  });
});

it("work without a goal says so and invites to choose one", async () => {
  const company = await boardroom.newCompany({ name: "Northwind Paper" });
  const { board, cid } = company;
  const params = { cid };
  const issue = await board.call("issues.create", { params, body: { title: "Check the pages" } });
  const path = `/${company.company.issuePrefix.toLowerCase()}/issues/${issue.identifier}`;
  const page = await browser.open(boardroom.url, path, { device: "desktop", person: company.owner });
  const trace = page.getByRole("navigation", { name: "What it is for" });
  await trace.getByText("The company has no goal yet.").waitFor();
  expect(await trace.getByRole("link", { name: "Write one" }).getAttribute("href")).toContain("/goals/new");

  await board.call("goals.create", { params, body: { title: "Fifty shops reorder", level: "company" } });
  await page.goto(path);
  await trace.getByRole("link", { name: "Choose one" }).click();
  await page.getByRole("dialog", { name: "Goal" }).getByRole("button", { name: "Fifty shops reorder" }).click();
  await trace.getByRole("link", { name: "Fifty shops reorder" }).waitFor();
});
