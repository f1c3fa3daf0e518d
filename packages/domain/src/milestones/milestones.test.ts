import { milestone as milestoneEntity } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { hireAgent } from "../agents/index.ts";
import { readIssueAt } from "../audit/index.ts";
import * as issues from "../issues/index.ts";
import { createProject, deleteProject } from "../projects/index.ts";
import * as milestones from "./index.ts";

const db = useDomainDatabase();
const { createIssue, updateIssue } = issues;
const notFound = { code: "not_found" };
const badReference = { code: "invalid_reference" };

/** A company with two projects, the first with a milestone. */
async function givenMilestone() {
  const tenant = await db.newTenant();
  const [project, other] = [
    await createProject(tenant.board, { name: "Launch" }),
    await createProject(tenant.board, { name: "Other" }),
  ];
  const milestone = await milestones.createMilestone(tenant.board, { id: project.id, name: "Beta" });
  return { ...tenant, project, other, milestone };
}

describe("a milestone", () => {
  it("is set, read and changed in one request each, and the log says so", async () => {
    const { board, companyId } = await db.newTenant();
    const project = await createProject(board, { name: "Launch" });
    let made: Awaited<ReturnType<typeof milestones.createMilestone>> | undefined;
    const id = () => made?.id ?? "";
    const steps = [
      async () => {
        made = await milestones.createMilestone(board, { id: project.id, name: "Beta", targetDate: "2031-03-01" });
      },
      () => milestones.updateMilestone(board, { id: id(), name: "Public beta", description: "Ten customers" }),
      () => milestones.getMilestone(board, { id: id() }),
      () => milestones.listMilestones(board, { id: project.id, limit: 10 }),
    ];
    for (const step of steps) expect(await db.countRequests(step)).toBe(1);
    expect(milestoneEntity.parse(made)).toMatchObject({ name: "Beta", targetDate: "2031-03-01", issueCount: 0 });
    expect(await milestones.getMilestone(board, { id: id() })).toMatchObject({
      name: "Public beta",
      description: "Ten customers",
      targetDate: "2031-03-01",
      projectId: project.id,
    });
    expect(await db.countRequests(() => milestones.deleteMilestone(board, { id: id() }))).toBe(1);
    const { rows } = await db.owner.query(
      "select action from activity_log where company_id = $1 and entity_type = 'milestone' order by seq",
      [companyId],
    );
    expect(rows.map(({ action }) => action)).toEqual(["milestone.created", "milestone.updated", "milestone.deleted"]);
  });

  it("has a name of its own in its project, and goes with it", async () => {
    const { board, project, other } = await givenMilestone();
    const taken = { code: "already_exists" };
    await expect(milestones.createMilestone(board, { id: project.id, name: "Beta" })).rejects.toMatchObject(taken);
    const { id } = await milestones.createMilestone(board, { id: project.id, name: "Gamma" });
    await expect(milestones.updateMilestone(board, { id, name: "Beta" })).rejects.toMatchObject(taken);
    const elsewhere = await milestones.createMilestone(board, { id: other.id, name: "Beta" });
    await deleteProject(board, { id: other.id });
    await expect(milestones.getMilestone(board, { id: elsewhere.id })).rejects.toMatchObject(notFound);
  });

  it("counts its issues and those done, not the cancelled ones", async () => {
    const { board, project, milestone } = await givenMilestone();
    const place = { projectId: project.id, milestoneId: milestone.id };
    for (const status of ["todo", "done", "done", "cancelled", "blocked"] as const) {
      const blocked = { ownerUserId: board.actor.id, action: "Look" };
      await createIssue(board, { title: status, status, ...place, ...(status === "blocked" && { blocked }) });
    }
    await createIssue(board, { title: "Elsewhere", projectId: project.id });
    const counts = { issueCount: 4, doneCount: 2 };
    expect(await milestones.getMilestone(board, { id: milestone.id })).toMatchObject(counts);
    expect(await milestones.updateMilestone(board, { id: milestone.id, name: "B" })).toMatchObject(counts);
    const { items } = await milestones.listMilestones(board, { id: project.id, limit: 10 });
    expect(items).toMatchObject([counts]);
  });

  it("is listed by date, without one last, page by page", async () => {
    const { board } = await db.newTenant();
    const { id } = await createProject(board, { name: "Launch" });
    const dates = [null, "2031-05-01", "2031-01-01", null, "2031-05-01", "2030-12-31", null];
    for (const [n, targetDate] of dates.entries())
      await milestones.createMilestone(board, { id, name: `M${n}`, targetDate });
    for (const limit of [1, 2, 3, 50]) {
      const seen: string[] = [];
      for (let cursor: string | null | undefined; cursor !== null; ) {
        const page = await milestones.listMilestones(board, { id, limit, cursor });
        seen.push(...page.items.map(({ name }) => name));
        cursor = page.nextCursor;
      }
      expect(seen).toEqual(["M5", "M2", "M1", "M4", "M0", "M3", "M6"]);
    }
  });

  it("is changed by the project's lead and who stands above it, and by no other agent", async () => {
    const tenant = await db.newTenant();
    const boss = await hireAgent(tenant.board, draftOf("Boss"));
    const lead = await hireAgent(tenant.board, draftOf("Lead", { reportsTo: boss.id }));
    const other = await hireAgent(tenant.board, draftOf("Other"));
    const { id } = await createProject(tenant.board, { name: "Launch", leadAgentId: lead.id });
    for (const [name, agent] of Object.entries({ lead, boss })) {
      const made = await milestones.createMilestone(tenant.asAgent(agent), { id, name });
      await milestones.updateMilestone(tenant.asAgent(agent), { id: made.id, targetDate: "2031-01-01" });
    }
    const { items } = await milestones.listMilestones(tenant.asAgent(other), { id, limit: 10 });
    const forbidden = { code: "forbidden" };
    await expect(milestones.createMilestone(tenant.asAgent(other), { id, name: "x" })).rejects.toMatchObject(forbidden);
    await expect(
      milestones.updateMilestone(tenant.asAgent(other), { id: items[0]?.id ?? "", name: "x" }),
    ).rejects.toMatchObject(forbidden);
  });

  it("is hidden from other companies, and so is its project", async () => {
    const [mine, theirs] = [await givenMilestone(), await givenMilestone()];
    const { id } = theirs.milestone;
    await expect(milestones.getMilestone(mine.board, { id })).rejects.toMatchObject(notFound);
    await expect(milestones.updateMilestone(mine.board, { id, name: "x" })).rejects.toMatchObject(notFound);
    await expect(milestones.deleteMilestone(mine.board, { id })).rejects.toMatchObject(notFound);
    await expect(milestones.createMilestone(mine.board, { id: theirs.project.id, name: "x" })).rejects.toMatchObject(
      notFound,
    );
    await expect(milestones.listMilestones(mine.board, { id: theirs.project.id, limit: 5 })).rejects.toMatchObject(
      notFound,
    );
    expect((await milestones.listMilestones(mine.board, { id: mine.other.id, limit: 5 })).items).toEqual([]);
    const place = { projectId: mine.project.id, milestoneId: id };
    await expect(createIssue(mine.board, { title: "x", ...place })).rejects.toMatchObject(badReference);
    expect((await issues.listIssues(mine.board, { milestoneId: id, limit: 5 })).items).toEqual([]);
  });
});

describe("the milestone of an issue", () => {
  it("is one of its own project's", async () => {
    const { board, project, other, milestone } = await givenMilestone();
    const milestoneId = milestone.id;
    const asked = [{ milestoneId }, { milestoneId, projectId: other.id }, { milestoneId, projectId: null }];
    for (const fields of asked)
      await expect(createIssue(board, { title: "x", ...fields })).rejects.toMatchObject(badReference);
    const issue = await createIssue(board, { title: "In it", projectId: project.id, milestoneId });
    expect(issue.milestoneId).toBe(milestoneId);
    const out = await createIssue(board, { title: "Out of it", projectId: other.id });
    for (const fields of asked.slice(0, 1))
      await expect(updateIssue(board, { id: out.id, ...fields })).rejects.toMatchObject(badReference);
    await expect(updateIssue(board, { id: issue.id, ...asked[1] })).rejects.toMatchObject(badReference);
    await expect(updateIssue(board, { id: issue.id, ...asked[2] })).rejects.toMatchObject(badReference);
    const moved = await updateIssue(board, { id: out.id, projectId: project.id, milestoneId });
    expect(moved).toMatchObject({ projectId: project.id, milestoneId });
    expect((await updateIssue(board, { id: out.id, milestoneId: null })).milestoneId).toBeNull();
  });

  it("is cleared when the project changes, and stays when it doesn't", async () => {
    const { board, project, other, milestone } = await givenMilestone();
    const place = { projectId: project.id, milestoneId: milestone.id };
    const { id } = await createIssue(board, { title: "x", ...place });
    expect(await updateIssue(board, { id, projectId: project.id, title: "y" })).toMatchObject(place);
    expect(await updateIssue(board, { id, projectId: other.id })).toMatchObject({
      projectId: other.id,
      milestoneId: null,
    });
    await updateIssue(board, { id, ...place });
    expect(await updateIssue(board, { id, projectId: null })).toMatchObject({ projectId: null, milestoneId: null });
    expect(await issues.bulkUpdateIssues(board, { ids: [id], set: place })).toMatchObject([{ changed: true }]);
    expect(await issues.getIssue(board, { id })).toMatchObject(place);
  });

  it("is handed down with the project", async () => {
    const { board, project, other, milestone } = await givenMilestone();
    const place = { projectId: project.id, milestoneId: milestone.id };
    const parent = await createIssue(board, { title: "Parent", ...place });
    const child = (fields: object) => issues.createChildIssue(board, { id: parent.id, title: "Child", ...fields });
    expect(await child({})).toMatchObject(place);
    expect(await child({ projectId: project.id })).toMatchObject(place);
    expect((await child({ milestoneId: null })).milestoneId).toBeNull();
    expect(await child({ projectId: other.id })).toMatchObject({ projectId: other.id, milestoneId: null });
    expect(await child({ projectId: null })).toMatchObject({ projectId: null, milestoneId: null });
  });

  it("narrows the list and the board, and is named where the issue is read", async () => {
    const { board, project, milestone } = await givenMilestone();
    const { id } = await createIssue(board, { title: "In", projectId: project.id, milestoneId: milestone.id });
    await createIssue(board, { title: "Out", projectId: project.id });
    const filter = { milestoneId: milestone.id };
    expect((await issues.listIssues(board, { ...filter, limit: 10 })).items).toMatchObject([{ id }]);
    const [column, ...rest] = await issues.readIssueBoard(board, { ...filter, limit: 10 });
    expect([column?.issues.map((each) => each.id), rest]).toEqual([[id], []]);
    const named = { id: milestone.id, name: "Beta" };
    expect((await issues.getIssue(board, { id })).trace).toMatchObject({
      project: { id: project.id },
      milestone: named,
    });
    expect((await issues.readHeartbeatContext(board, { id })).milestone).toMatchObject(named);
  });

  it("goes when it is deleted, which the issue's history knows", async () => {
    const { board, project, milestone } = await givenMilestone();
    const place = { projectId: project.id, milestoneId: milestone.id };
    const { id } = await createIssue(board, { title: "x", projectId: project.id });
    await updateIssue(board, { id, ...place });
    const time = new Date().toISOString();
    await db.owner.query("select pg_sleep(0.003)");
    await milestones.deleteMilestone(board, { id: milestone.id });
    expect(await issues.getIssue(board, { id })).toMatchObject({ projectId: project.id, milestoneId: null });
    expect(await readIssueAt(board, { id, time })).toMatchObject({ state: place, isExact: true });
    await expect(milestones.deleteMilestone(board, { id: milestone.id })).rejects.toMatchObject(notFound);
  });

  it("is deleted while issues come into it: none is left in what is gone, and none is lost", async () => {
    const { board, project, milestone } = await givenMilestone();
    const place = { projectId: project.id, milestoneId: milestone.id };
    const outcomes = await Promise.allSettled([
      ...Array.from({ length: 8 }, (_, n) => createIssue(board, { title: `Issue ${n}`, ...place })),
      milestones.deleteMilestone(board, { id: milestone.id }),
      ...Array.from({ length: 8 }, (_, n) => createIssue(board, { title: `Issue ${n + 8}`, ...place })),
    ]);
    const refusals = outcomes.flatMap((each) => (each.status === "rejected" ? [each.reason.code] : []));
    expect(refusals.filter((code) => code !== "invalid_reference")).toEqual([]);
    const { items } = await issues.listIssues(board, { projectId: project.id, limit: 50 });
    expect(items).toHaveLength(16 - refusals.length);
    expect(items.every(({ milestoneId }) => milestoneId === null)).toBe(true);
  });
});
