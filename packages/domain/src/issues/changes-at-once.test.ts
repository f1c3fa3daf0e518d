import { BoardroomError, type IssueStatus } from "@boardroom/contract";
import { newSeed, seededRandom } from "@boardroom/local";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, type TestAgent } from "../../test/working-agents.ts";
import { addComment, checkoutIssue, createChildIssue, createIssue, releaseIssue, updateIssue } from "./index.ts";

const db = useDomainDatabase();

/** What a change may be told when others were there first. None of it is trouble with the database. */
const ruled = new Set([
  "invalid_transition",
  "unusable_reference",
  "blocked_by_issues",
  "checkout_conflict",
  "conflict",
]);

it("many changes of issues that hang together never wait for each other in a circle", {
  timeout: 120_000,
}, async () => {
  const seed = newSeed();
  const random = seededRandom(seed);
  const pick = <T>(items: readonly T[]): T => items[Math.floor(random() * items.length)] as T;
  const tenant = await db.newTenant();
  const { board } = tenant;
  const agents: TestAgent[] = [];
  for (const name of ["Ada", "Bob", "Eve"]) agents.push(await addAgent(db.owner, tenant.companyId, { name }));
  const issues: string[] = [];
  for (let n = 0; n < 6; n += 1) {
    const parentId = n > 0 ? pick(issues) : null;
    issues.push((await createIssue(board, { title: `Issue ${n}`, parentId, assigneeAgentId: pick(agents).id })).id);
  }
  const statuses: IssueStatus[] = ["todo", "in_progress", "in_review", "done", "cancelled"];
  const some = () => issues.filter(() => random() < 0.3);
  const changes: ((id: string) => Promise<unknown>)[] = [
    (id) => updateIssue(board, { id, status: pick(statuses), comment: "@bob and @eve" }),
    (id) => updateIssue(board, { id, status: "in_progress" }),
    (id) => updateIssue(board, { id, status: "done" }),
    (id) => updateIssue(board, { id, status: "todo" }),
    (id) => updateIssue(board, { id, blockedByIssueIds: some() }),
    (id) => updateIssue(board, { id, parentId: pick(issues) }),
    (id) => updateIssue(board, { id, assigneeAgentId: pick(agents).id }),
    (id) => updateIssue(board, { id, title: "Other", comment: "@ada @eve @bob" }),
    (id) => addComment(board, { id, body: "@eve @ada" }),
    (id) =>
      createChildIssue(board, { id, title: "Child", assigneeAgentId: pick(agents).id, blockedByIssueIds: some() }),
    (id) => checkoutIssue(board, { id, agentId: pick(agents).id, expectedStatuses: ["todo", "blocked"] }),
    (id) => releaseIssue(board, { id }),
  ];
  const outcomes: PromiseSettledResult<unknown>[] = [];
  for (let round = 0; round < 8; round += 1) {
    const calls = Array.from({ length: 16 }, () => pick(changes)(pick(issues)));
    outcomes.push(...(await Promise.allSettled(calls)));
  }
  const refusals = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [outcome.reason] : []));
  const troubles = refusals.filter((reason) => !(reason instanceof BoardroomError && ruled.has(reason.code)));
  expect(troubles, `seed ${seed}`).toEqual([]);
  expect(refusals.length, `seed ${seed}`).toBeLessThan(outcomes.length / 2);
  const { rows } = await db.owner.query(
    `with recursive line as (
       select issue_id, blocked_by_issue_id from issue_blockers where company_id = $1
       union select line.issue_id, k.blocked_by_issue_id from line join issue_blockers k on k.issue_id = line.blocked_by_issue_id)
     select 1 from line where issue_id = blocked_by_issue_id`,
    [tenant.companyId],
  );
  expect(rows, `seed ${seed}`).toEqual([]);
});

it("comments and changes of one issue, whose assignee is to wake, never wait for each other in a circle", {
  timeout: 60_000,
}, async () => {
  const { board, companyId } = await db.newTenant();
  const [ada, bob] = [await addAgent(db.owner, companyId, { name: "Ada" }), await addAgent(db.owner, companyId)];
  const { id } = await createIssue(board, { title: "Busy", assigneeAgentId: ada.id });
  await addComment(board, { id, body: "First" });
  for (let round = 0; round < 15; round += 1) {
    const calls = [
      addComment(board, { id, body: "One" }),
      updateIssue(board, { id, priority: "high", comment: "Two" }),
      addComment(board, { id, body: "Three, @ada" }),
      updateIssue(board, { id, title: `Round ${round}`, comment: "Four, @ada" }),
      createChildIssue(board, { id, title: "Child", assigneeAgentId: bob.id }),
      addComment(board, { id, body: "Five" }),
    ];
    const outcomes = await Promise.allSettled(calls);
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([]);
  }
});
