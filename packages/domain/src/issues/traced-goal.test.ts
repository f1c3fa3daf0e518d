import { describe, expect, it } from "vitest";
import { type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { hireAgent } from "../agents/index.ts";
import { approveApproval, createApproval } from "../approvals/index.ts";
import { createGoal, updateGoal } from "../goals/index.ts";
import * as interactions from "../interactions/index.ts";
import { createMilestone } from "../milestones/index.ts";
import { createProject } from "../projects/index.ts";
import { createRoutine, runRoutine } from "../routines/index.ts";
import * as issues from "./index.ts";

const db = useDomainDatabase();
const { createIssue, updateIssue } = issues;
const goalsOf = async (board: TestCtx) =>
  (await issues.listIssues(board, { limit: 50 })).items.map(({ goalId }) => goalId);

/** A company with its own goal, one below it, and a project that leads to that one. */
async function givenGoals() {
  const tenant = await db.newTenant();
  const { board } = tenant;
  const own = await createGoal(board, { title: "Own", level: "company" });
  const team = await createGoal(board, { title: "Team", level: "team", parentId: own.id });
  const project = await createProject(board, { name: "Launch", goalIds: [team.id] });
  return { ...tenant, own, team, project };
}

describe("an issue that names no goal", () => {
  it("has its parent's, its project's first, or the company's own, in one request", async () => {
    const { board, own, team, project } = await givenGoals();
    const other = await createGoal(board, { title: "Other", level: "team" });
    expect((await createIssue(board, { title: "Alone" })).goalId).toBe(own.id);
    expect((await createIssue(board, { title: "Null", goalId: null })).goalId).toBe(own.id);
    expect((await createIssue(board, { title: "Project", projectId: project.id })).goalId).toBe(team.id);
    const bare = await createProject(board, { name: "Bare" });
    expect((await createIssue(board, { title: "Bare", projectId: bare.id })).goalId).toBe(own.id);
    const parent = await createIssue(board, { title: "Parent", goalId: other.id });
    const child = { id: parent.id, title: "Child", projectId: project.id };
    expect((await issues.createChildIssue(board, child)).goalId).toBe(other.id);
    expect(await db.countRequests(() => createIssue(board, { title: "Once" }))).toBe(1);
  });

  it("has the oldest goal of the company that is still open", async () => {
    const { board } = await db.newTenant();
    expect((await createIssue(board, { title: "No goals yet" })).goalId).toBeNull();
    const team = await createGoal(board, { title: "Team", level: "team" });
    expect((await createIssue(board, { title: "Only a team's" })).goalId).toBe(team.id);
    const [first, second] = [
      await createGoal(board, { title: "First", status: "planned" }),
      await createGoal(board, { title: "Second" }),
    ];
    expect((await createIssue(board, { title: "First" })).goalId).toBe(first.id);
    await updateGoal(board, { id: first.id, status: "achieved" });
    expect((await createIssue(board, { title: "Second" })).goalId).toBe(second.id);
    await updateGoal(board, { id: second.id, status: "cancelled" });
    expect((await createIssue(board, { title: "Team again" })).goalId).toBe(team.id);
  });

  it("knows no goal of another company", async () => {
    await givenGoals();
    const { board } = await db.newTenant();
    expect((await createIssue(board, { title: "Alone" })).goalId).toBeNull();
  });
});

describe("an issue that is changed", () => {
  it("takes its new project's goal where it has none, and keeps its own otherwise", async () => {
    const { board } = await db.newTenant();
    const [early, kept] = [await createIssue(board, { title: "Early" }), await createIssue(board, { title: "Kept" })];
    const goal = await createGoal(board, { title: "Goal", level: "team" });
    const other = await createGoal(board, { title: "Other", level: "team" });
    const project = await createProject(board, { name: "Launch", goalIds: [other.id] });
    await updateIssue(board, { id: kept.id, goalId: goal.id });
    expect(early.goalId).toBeNull();
    expect((await updateIssue(board, { id: early.id, projectId: project.id })).goalId).toBe(other.id);
    expect((await updateIssue(board, { id: kept.id, projectId: project.id })).goalId).toBe(goal.id);
  });

  it("doesn't lose its goal: without one it gets its parent's, its project's, or the company's", async () => {
    const { board, own, team, project } = await givenGoals();
    const other = await createGoal(board, { title: "Other", level: "team" });
    const { id } = await createIssue(board, { title: "x", goalId: other.id });
    expect((await updateIssue(board, { id, goalId: null })).goalId).toBe(own.id);
    expect((await updateIssue(board, { id, goalId: null, projectId: project.id })).goalId).toBe(team.id);
    const parent = await createIssue(board, { title: "Parent", goalId: other.id });
    expect((await updateIssue(board, { id, goalId: null, parentId: parent.id })).goalId).toBe(other.id);
  });

  it("is found among those without a goal until it has one", async () => {
    const { board } = await db.newTenant();
    const { id } = await createIssue(board, { title: "Orphan" });
    const goal = await createGoal(board, { title: "Goal" });
    await createIssue(board, { title: "Fine" });
    expect((await issues.listIssues(board, { goalId: "none", limit: 9 })).items.map((each) => each.id)).toEqual([id]);
    await updateIssue(board, { id, goalId: goal.id });
    expect((await issues.listIssues(board, { goalId: "none", limit: 9 })).items).toEqual([]);
    expect(await issues.readIssueBoard(board, { goalId: "none", limit: 9 })).toEqual([]);
  });
});

describe("work that comes in other ways", () => {
  it("has a goal when a routine fires", async () => {
    const { board, own, team, project } = await givenGoals();
    const agent = await hireAgent(board, draftOf("Ada"));
    for (const fields of [{}, { projectId: project.id }]) {
      const { id } = await createRoutine(board, { title: "Report", assigneeAgentId: agent.id, ...fields });
      await runRoutine(board, { id });
    }
    expect(await goalsOf(board)).toEqual([team.id, own.id]);
  });

  it("has a goal when suggested tasks are accepted, and stands in the milestone of what they come from", async () => {
    const { board, companyId, project, team } = await givenGoals();
    const milestone = await createMilestone(board, { id: project.id, name: "Beta" });
    const { id } = await createIssue(board, { title: "Plan", projectId: project.id, milestoneId: milestone.id });
    await db.owner.query("update issues set goal_id = null where company_id = $1", [companyId]);
    const tasks = [{ clientKey: "a", title: "A" }];
    const payload = { version: 1, tasks };
    const asked = await interactions.createInteraction(board, { id, kind: "suggest_tasks", payload });
    await interactions.acceptInteraction(board, { id, iid: asked.id });
    expect(await goalsOf(board)).toEqual([team.id, null]);
    const { items } = await issues.listIssues(board, { milestoneId: milestone.id, limit: 9 });
    expect(items).toHaveLength(2);
  });

  it("has a goal when a plan is approved", async () => {
    const { board, own, asAgent } = await givenGoals();
    const ceo = await hireAgent(board, draftOf("Clara"));
    const payload = {
      version: 1,
      summary: "How we begin",
      agents: [],
      issues: [
        { key: "a", title: "Alone" },
        { key: "b", title: "In a project", projectKey: "first" },
      ],
      projects: [{ key: "first", name: "First version" }],
    };
    const { id } = await createApproval(asAgent(ceo), { type: "approve_ceo_strategy", payload });
    await approveApproval(board, { id });
    expect(await goalsOf(board)).toEqual([own.id, own.id]);
  });
});

it("shows what an issue's work leads to: its goals from the top, its project", async () => {
  const { board, own, team, project } = await givenGoals();
  const { id } = await createIssue(board, { title: "x", projectId: project.id });
  expect((await issues.getIssue(board, { id })).trace).toEqual({
    goals: [
      { id: own.id, title: "Own" },
      { id: team.id, title: "Team" },
    ],
    project: { id: project.id, name: "Launch" },
    milestone: null,
  });
});
