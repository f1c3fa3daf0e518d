import { project as projectEntity } from "@boardroom/contract";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { hireAgent } from "../agents/index.ts";
import { createGoal } from "../goals/index.ts";
import * as projects from "./index.ts";

const db = useDomainDatabase();

it("starts a project for its goals, in one request", async () => {
  const { board } = await db.newTenant();
  const goals = [await createGoal(board, { title: "A" }), await createGoal(board, { title: "B" })].map(({ id }) => id);
  const input = { name: "Launch", goalIds: [...goals, ...goals], targetDate: "2027-01-31" };
  let made: Awaited<ReturnType<typeof projects.createProject>> | undefined;
  const requests = await db.countRequests(async () => {
    made = await projects.createProject(board, input);
  });
  expect(requests).toBe(1);
  expect(projectEntity.parse(made)).toMatchObject({
    name: "Launch",
    goalIds: goals,
    targetDate: "2027-01-31",
    status: "planned",
  });
  expect(await projects.getProject(board, { id: made?.id ?? "" })).toEqual(made);
});

it("replaces the goals when they are given and keeps them when not", async () => {
  const { board } = await db.newTenant();
  const [a, b, c] = [
    await createGoal(board, { title: "A" }),
    await createGoal(board, { title: "B" }),
    await createGoal(board, { title: "C" }),
  ];
  const { id } = await projects.createProject(board, { name: "Launch", goalIds: [a.id, b.id] });
  const swapped = await projects.updateProject(board, { id, goalIds: [c.id, b.id] });
  expect(swapped.goalIds).toEqual([b.id, c.id]);
  expect((await projects.updateProject(board, { id, status: "in_progress" })).goalIds).toEqual([b.id, c.id]);
  expect((await projects.getProject(board, { id })).goalIds).toEqual([b.id, c.id]);
  expect((await projects.updateProject(board, { id, goalIds: [] })).goalIds).toEqual([]);
});

it("refuses goals and leads of another company and hides its projects", async () => {
  const [mine, other] = await Promise.all([db.newTenant(), db.newTenant()]);
  const goal = await createGoal(other.board, { title: "Theirs" });
  const lead = await hireAgent(other.board, draftOf("Lead"));
  const badReference = { code: "invalid_reference" };
  await expect(projects.createProject(mine.board, { name: "P", goalIds: [goal.id] })).rejects.toMatchObject(
    badReference,
  );
  await expect(projects.createProject(mine.board, { name: "P", leadAgentId: lead.id })).rejects.toMatchObject(
    badReference,
  );
  expect((await projects.listProjects(mine.board, { limit: 10 })).items).toEqual([]);
  const { id } = await projects.createProject(other.board, { name: "Theirs" });
  const notFound = { code: "not_found" };
  await expect(projects.getProject(mine.board, { id })).rejects.toMatchObject(notFound);
  await expect(projects.updateProject(mine.board, { id, name: "Mine" })).rejects.toMatchObject(notFound);
  await expect(projects.deleteProject(mine.board, { id })).rejects.toMatchObject(notFound);
});

it("deletes a project unless an issue is in it", async () => {
  const { board, companyId } = await db.newTenant();
  const goal = await createGoal(board, { title: "A" });
  const [full, empty] = [
    await projects.createProject(board, { name: "Full" }),
    await projects.createProject(board, { name: "Empty", goalIds: [goal.id] }),
  ];
  await db.owner.query(
    "insert into issues (company_id, identifier, issue_number, title, project_id) values ($1, 'X-1', 1, 'Work', $2)",
    [companyId, full.id],
  );
  await projects.deleteProject(board, { id: empty.id });
  await expect(projects.deleteProject(board, { id: full.id })).rejects.toMatchObject({ code: "conflict" });
  expect((await projects.listProjects(board, { limit: 10 })).items.map(({ name }) => name)).toEqual(["Full"]);
});
