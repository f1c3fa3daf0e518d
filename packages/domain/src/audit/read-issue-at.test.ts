import type { Issue } from "@boardroom/contract";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { draftOf } from "../../test/drafts.ts";
import { addHeartbeatAgent, asSystem, startRun } from "../../test/heartbeat-steps.ts";
import { hireAgent } from "../agents/hire-agent.ts";
import { terminateAgent } from "../agents/terminate-agent.ts";
import { finishRun } from "../heartbeat/finish-run.ts";
import { checkoutIssue } from "../issues/checkout-issue.ts";
import { createIssue } from "../issues/create-issue.ts";
import { forceReleaseIssue } from "../issues/force-release-issue.ts";
import { getIssue } from "../issues/get-issue.ts";
import { updateIssue } from "../issues/update-issue.ts";
import { createLabel } from "../labels/index.ts";
import { readIssueAt } from "./read-issue-at.ts";

const domain = useDomainDatabase();

const shownFields = (issue: Issue) => {
  const {
    title,
    description,
    status,
    priority,
    projectId,
    milestoneId,
    goalId,
    parentId,
    assigneeAgentId,
    assigneeUserId,
    billingCode,
  } = issue;
  const [labelIds, blockedByIssueIds] = [[...issue.labelIds].sort(), issue.blockedBy.map(({ id }) => id).sort()];
  const own = {
    title,
    description,
    status,
    priority,
    projectId,
    milestoneId,
    goalId,
    parentId,
    assigneeAgentId,
    assigneeUserId,
    billingCode,
  };
  return { ...own, labelIds, blockedByIssueIds };
};

it("tells what an issue was at every moment of its life, whoever changed it", async () => {
  const tenant = await domain.newTenant();
  const { board } = tenant;
  const ada = await addHeartbeatAgent(domain, tenant);
  const bob = await hireAgent(board, draftOf("Bob"));
  const label = await createLabel(board, { name: "l", color: "#000000" });
  const other = await createIssue(board, { title: "Other" });
  const { id } = await createIssue(board, { title: "First", description: "d".repeat(5000) });
  const moments: { time: string; was: ReturnType<typeof shownFields> }[] = [];
  const note = async () => {
    const { rows } = await domain.owner.query<{ now: Date }>("select clock_timestamp() as now");
    // The next change begins a whole millisecond later, as times are told.
    await domain.owner.query("select pg_sleep(0.003)");
    moments.push({ time: rows[0]?.now.toISOString() ?? "", was: shownFields(await getIssue(board, { id })) });
  };
  const steps = [
    () => updateIssue(board, { id, title: "Second", description: "e".repeat(4000), priority: "high" }),
    () => updateIssue(board, { id, labelIds: [label.id], blockedByIssueIds: [other.id] }),
    () => updateIssue(board, { id, blockedByIssueIds: [], labelIds: [] }),
    () => updateIssue(board, { id, assigneeAgentId: ada.id, description: null }),
    async () => {
      const run = await startRun(tenant, ada, id);
      await checkoutIssue(tenant.asRun(ada, run), { id, agentId: ada.id, expectedStatuses: ["todo"] });
      await note();
      await finishRun(asSystem(tenant), { runId: run.id, fence: run.fence, result: { status: "failed", error: "no" } });
    },
    () => forceReleaseIssue(board, { id }),
    () => updateIssue(board, { id, assigneeAgentId: bob.id }),
    () => terminateAgent(board, { id: bob.id }),
    () => updateIssue(board, { id, status: "cancelled" }),
  ];
  await note();
  for (const step of steps) {
    await step();
    await note();
  }
  for (const { time, was } of moments) {
    expect(await readIssueAt(board, { id, time }), time).toMatchObject({
      exists: true,
      state: was,
      inexactFields: [],
      isExact: true,
    });
  }
  const [first] = moments;
  expect((await readIssueAt(board, { id, time: first?.time ?? "" })).changesSince).toBeGreaterThan(8);
  const before = await readIssueAt(board, { id, time: "2020-01-01T00:00:00.000Z" });
  expect(before).toMatchObject({ exists: false, state: null });
});

it("says so where a change was not written down, and nothing to another company", async () => {
  const [tenant, other] = [await domain.newTenant(), await domain.newTenant()];
  const { id } = await createIssue(tenant.board, { title: "First" });
  const time = new Date().toISOString();
  await domain.owner.query("select pg_sleep(0.003)");
  await updateIssue(tenant.board, { id, title: "Second" });
  await domain.owner.query("update issues set title = 'Rewritten' where id = $1", [id]);
  expect(await readIssueAt(tenant.board, { id, time })).toMatchObject({ isExact: false, inexactFields: ["title"] });
  await expect(readIssueAt(other.board, { id, time })).rejects.toMatchObject({ code: "not_found" });
});
