import { beforeAll, describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, storedWakes, type TestAgent } from "../../test/working-agents.ts";
import { addComment, checkoutIssue, createIssue, getIssue, updateIssue } from "../issues/index.ts";
import {
  approveReview,
  giveEvidence,
  listCompanyReviews,
  replaceCriteria,
  replaceReviews,
  requestChanges,
  takeEvidence,
} from "./index.ts";

const db = useDomainDatabase();
let tenant: Tenant;
let board: TestCtx;
let worker: TestAgent;
let reviewer: TestAgent;

beforeAll(async () => {
  tenant = await db.newTenant();
  board = tenant.board;
  [worker, reviewer] = [await addAgent(db.owner, tenant.companyId), await addAgent(db.owner, tenant.companyId)];
});

const as = (agent: TestAgent) => tenant.asAgent(agent);
const person = (id: string, role: "operator" | "admin" = "operator"): TestCtx => ({
  ...board,
  actor: { ...board.actor, id, role, name: id } as TestCtx["actor"],
});
const lastWake = async (agent: TestAgent) => (await storedWakes(db.owner, agent)).at(-1);

/** An issue of the worker's that an agent reviews and a person approves. */
async function openIssue() {
  const issue = await createIssue(board, { title: "Write it", assigneeAgentId: worker.id });
  const stages = await replaceReviews(board, {
    id: issue.id,
    stages: [
      { kind: "review", reviewerAgentId: reviewer.id },
      { kind: "approval", reviewerUserId: board.actor.id },
    ],
  });
  const [first, second] = stages.map(({ id }) => id);
  const work = async () => {
    await checkoutIssue(as(worker), { id: issue.id, agentId: worker.id, expectedStatuses: ["todo", "in_progress"] });
    await updateIssue(as(worker), { id: issue.id, status: "in_review" });
  };
  return { id: issue.id, first: first ?? "", second: second ?? "", work };
}
const stagesOf = async (id: string) => (await getIssue(board, { id })).reviews.map(({ status }) => status);

describe("stages of review", () => {
  it("are asked in order, send work back with a note, begin anew, and let it be done after the last one only", async () => {
    const { id, first, second, work } = await openIssue();
    const done = () => updateIssue(as(worker), { id, status: "done" });
    await work();
    expect(await stagesOf(id)).toEqual(["active", "pending"]);
    expect(await lastWake(reviewer)).toMatchObject({ reason: "review_requested", issue_id: id });
    await expect(done()).rejects.toMatchObject({
      code: "review_open",
      status: 422,
      details: { stages: [{ id: first }, { id: second }] },
    });
    await expect(approveReview(board, { id, rid: second })).rejects.toMatchObject({ code: "stale_state" });

    expect(await requestChanges(as(reviewer), { id, rid: first, note: "Add a test" })).toMatchObject({
      status: "changes_requested",
      note: "Add a test",
      decidedByAgentId: reviewer.id,
    });
    expect(await getIssue(board, { id })).toMatchObject({
      status: "in_progress",
      reviews: [{ note: "Add a test" }, {}],
    });
    expect(await lastWake(worker)).toMatchObject({ payload: { outcome: "changes_requested", note: "Add a test" } });
    await expect(done()).rejects.toMatchObject({ code: "review_open" });

    await work();
    expect(await stagesOf(id)).toEqual(["active", "pending"]);
    await approveReview(as(reviewer), { id, rid: first });
    expect(await stagesOf(id)).toEqual(["approved", "active"]);
    const { items } = await listCompanyReviews(board, { limit: 50, reviewerUserId: board.actor.id });
    expect(items).toMatchObject([{ id: second, kind: "approval", assigneeName: worker.name }]);
    await approveReview(board, { id, rid: second, note: "Good" });
    expect(await lastWake(worker)).toMatchObject({ payload: { outcome: "approved", note: "Good" } });
    expect(await done()).toMatchObject({ status: "done" });
  });

  it("end with the round: work that is taken up again has to be looked at again", async () => {
    const { id, first, second, work } = await openIssue();
    await work();
    await approveReview(as(reviewer), { id, rid: first });
    await approveReview(board, { id, rid: second });
    await updateIssue(board, { id, status: "in_progress" });
    expect(await stagesOf(id)).toEqual(["pending", "pending"]);
    await expect(updateIssue(as(worker), { id, status: "done" })).rejects.toMatchObject({ code: "review_open" });
  });

  it("are decided once, by their reviewer or an admin, never by who did the work", async () => {
    const { id, first, second, work } = await openIssue();
    await work();
    await expect(approveReview(as(worker), { id, rid: first })).rejects.toMatchObject({ code: "forbidden" });
    await expect(approveReview(person("somebody"), { id, rid: first })).rejects.toMatchObject({ code: "forbidden" });
    const outcomes = await Promise.allSettled(
      Array.from({ length: 8 }, (_, n) =>
        n % 2
          ? approveReview(as(reviewer), { id, rid: first })
          : requestChanges(as(reviewer), { id, rid: first, note: "No" }),
      ),
    );
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    await updateIssue(board, { id, status: "in_progress" });
    await work();
    await approveReview(person("an-admin", "admin"), { id, rid: first });
    await approveReview(board, { id, rid: second });
    // Who took the work once is its author, whoever has it now.
    await updateIssue(board, { id, status: "in_progress" });
    await replaceReviews(board, { id, stages: [] });
    await updateIssue(board, { id, assigneeAgentId: reviewer.id });
    const [stage] = await replaceReviews(board, { id, stages: [{ kind: "review", reviewerAgentId: worker.id }] });
    await updateIssue(as(reviewer), { id, status: "in_review" });
    await expect(approveReview(as(worker), { id, rid: stage?.id ?? "" })).rejects.toThrow(
      "Nobody reviews their own work",
    );
  });

  it("are set by the board, who asked and managers; who works neither sets them nor reviews", async () => {
    const { id, work } = await openIssue();
    await expect(replaceReviews(as(worker), { id, stages: [] })).rejects.toMatchObject({ code: "forbidden" });
    await expect(replaceReviews(as(reviewer), { id, stages: [] })).rejects.toMatchObject({ code: "forbidden" });
    await expect(
      replaceReviews(board, { id, stages: [{ kind: "review", reviewerAgentId: worker.id }] }),
    ).rejects.toMatchObject({ code: "unusable_reference" });
    await expect(updateIssue(board, { id, assigneeAgentId: reviewer.id })).rejects.toMatchObject({
      code: "unusable_reference",
    });
    const stranger = await addAgent(db.owner, (await db.newTenant()).companyId);
    await expect(
      replaceReviews(board, { id, stages: [{ kind: "review", reviewerAgentId: stranger.id }] }),
    ).rejects.toMatchObject({ code: "invalid_reference" });
    await work();
    await expect(replaceReviews(board, { id, stages: [] })).rejects.toMatchObject({ code: "conflict" });
    const request = await createIssue(as(reviewer), { title: "Asked for", assigneeAgentId: worker.id });
    expect(
      await replaceReviews(as(reviewer), {
        id: request.id,
        stages: [{ kind: "review", reviewerAgentId: reviewer.id }],
      }),
    ).toMatchObject([{ position: 1, status: "pending" }]);
  });
});

describe("a definition of done", () => {
  it("keeps an issue open until what is required has evidence that stands on the issue", async () => {
    const { id } = await createIssue(board, { title: "Ship", assigneeAgentId: worker.id });
    const criteria = [{ text: "Tests pass" }, { text: "Said so" }, { text: "Pretty", isRequired: false }];
    const made = await replaceCriteria(board, { id, criteria });
    const [tests, said] = made.map((each) => each.id);
    await updateIssue(as(worker), { id, status: "in_progress" });
    const done = () => updateIssue(as(worker), { id, status: "done" });
    await expect(done()).rejects.toMatchObject({
      code: "evidence_missing",
      status: 422,
      details: { criteria: [{ text: "Tests pass" }, { text: "Said so" }] },
    });
    const give = (kid: string | undefined, kind: "url" | "comment", ref: string, ctx = as(worker)) =>
      giveEvidence(ctx, { id, kid: kid ?? "", kind, ref });
    const elsewhere = await createIssue(board, { title: "Other" });
    const foreign = await addComment(board, { id: elsewhere.id, body: "Not here" });
    await expect(give(said, "comment", foreign.id)).rejects.toMatchObject({ code: "invalid_reference" });
    await expect(give(tests, "url", "javascript:alert(1)")).rejects.toMatchObject({ code: "invalid_reference" });
    await expect(give(tests, "url", "https://ci.example.com/1", as(reviewer))).rejects.toMatchObject({
      code: "forbidden",
    });
    const comment = await addComment(as(worker), { id, body: "All green" });
    expect(await give(said, "comment", comment.id)).toMatchObject({ metByAgentId: worker.id, evidenceKind: "comment" });
    await give(tests, "url", "https://ci.example.com/1");
    await takeEvidence(as(worker), { id, kid: tests ?? "" });
    await expect(done()).rejects.toMatchObject({ details: { criteria: [{ id: tests }] } });
    await give(tests, "url", "https://ci.example.com/2");
    expect(await done()).toMatchObject({ status: "done" });
  });

  it("may be waived by a person with a note that is logged, and by no agent", async () => {
    const { id } = await createIssue(board, { title: "Ship", assigneeAgentId: worker.id, status: "in_progress" });
    await replaceCriteria(board, { id, criteria: [{ text: "Tests pass" }] });
    await expect(updateIssue(as(worker), { id, status: "done", overrideNote: "Trust me" })).rejects.toMatchObject({
      code: "forbidden",
    });
    await expect(updateIssue(board, { id, status: "done" })).rejects.toMatchObject({ code: "evidence_missing" });
    await updateIssue(board, { id, status: "done", overrideNote: "A prototype" });
    const { rows } = await db.owner.query(
      "select details ->> 'note' as note from activity_log where entity_id = $1 and action = 'issue.evidence_overridden'",
      [id],
    );
    expect(rows).toEqual([{ note: "A prototype" }]);
  });

  it("keeps evidence while a criterion's text stays, and is not the worker's to change", async () => {
    const { id } = await createIssue(board, { title: "Ship", assigneeAgentId: worker.id });
    const [first, second] = await replaceCriteria(board, { id, criteria: [{ text: "A" }, { text: "B" }] });
    for (const { id: kid } of [first, second].flatMap((each) => each ?? []))
      await giveEvidence(as(worker), { id, kid, kind: "url", ref: "https://ci.example.com/1" });
    const changed = await replaceCriteria(board, {
      id,
      criteria: [{ id: second?.id, text: "B" }, { id: first?.id, text: "A and more" }, { text: "C" }],
    });
    expect(changed.map(({ text, metAt }) => [text, metAt !== null])).toEqual([
      ["B", true],
      ["A and more", false],
      ["C", false],
    ]);
    await expect(replaceCriteria(as(worker), { id, criteria: [] })).rejects.toMatchObject({ code: "forbidden" });
    const other = await createIssue(board, { title: "Other" });
    await expect(
      replaceCriteria(board, { id: other.id, criteria: [{ id: first?.id, text: "A" }] }),
    ).rejects.toMatchObject({ code: "invalid_reference" });
  });
});
