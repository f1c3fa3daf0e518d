import { addComment, checkoutIssue, completeRun, listRoutineRuns, runRoutine, updateIssue } from "@boardroom/domain";
import { expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { type GivenRoutine, givenRoutine } from "../../test/given-routine.ts";
import { addRun } from "../../test/working-agents.ts";

const db = useDomainDatabase();
const deadlocks = async () =>
  Number((await db.owner.query("select sum(deadlocks) as n from pg_stat_database")).rows[0]?.n);

/** The routine's latest issue, at work in a run of its agent. */
async function givenWork({ board, tenant, agent, id, companyId }: GivenRoutine) {
  const { linkedIssueId } = await runRoutine(board, { id });
  const issueId = linkedIssueId ?? "";
  const run = await addRun(db.owner, companyId, agent, { issueId });
  const worker = tenant.asRun(agent, run);
  await db.owner.query("update issues set status = 'todo' where id = $1 and status not in ('done', 'cancelled')", [
    issueId,
  ]);
  await checkoutIssue(worker, { id: issueId, agentId: agent.id, expectedStatuses: ["todo"] });
  return { issueId, run, worker };
}

it("a fire waits for who is just ending the issue, and then makes the next one", async () => {
  const given = await givenRoutine(db);
  const { linkedIssueId } = await runRoutine(given.board, { id: given.id });
  const client = await db.owner.connect();
  await client.query("begin");
  await client.query("update issues set status = 'done' where id = $1", [linkedIssueId]);
  let isFired = false;
  const firing = runRoutine(given.board, { id: given.id }).finally(() => {
    isFired = true;
  });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(isFired).toBe(false);
  await client.query("commit");
  client.release();
  expect(await firing).toMatchObject({
    status: "issue_created",
    linkedIssueId: expect.not.stringMatching(linkedIssueId ?? ""),
  });
});

it("a fire that meets the end of its issue closes no circle of locks with it", async () => {
  const before = await deadlocks();
  const given = await givenRoutine(db, {
    variables: [{ name: "n", description: null, required: false, default: null }],
  });
  const { board, id } = given;
  const met = { coalesced: 0, issue_created: 0 };
  for (let round = 0; round < 25; round++) {
    await db.owner.query("delete from routine_runs where routine_id = $1", [id]);
    const { issueId, run, worker } = await givenWork(given);
    const [fired] = (await Promise.all(
      [
        runRoutine(board, { id, variables: { n: String(round) } }),
        updateIssue(worker, { id: issueId, status: "done", comment: "Done." }),
        addComment(board, { id: issueId, body: "How is it going?" }),
        completeRun(worker, { id: run.id, status: "succeeded" }),
      ].map((each) => each.catch((error: unknown) => error)),
    )) as [Awaited<ReturnType<typeof runRoutine>>];
    if (fired.status !== "coalesced" && fired.status !== "issue_created") throw fired;
    met[fired.status] += 1;
    const { rows } = await db.owner.query("select status from issues where id = $1", [issueId]);
    if (fired.status === "issue_created") expect(rows).toEqual([{ status: "done" }]);
    else expect(fired.linkedIssueId).toBe(issueId);
    await db.owner.query(
      "update issues set status = 'cancelled' where company_id = $1 and status not in ('done', 'cancelled')",
      [given.companyId],
    );
  }
  expect(await deadlocks()).toBe(before);
  expect((await listRoutineRuns(board, { id, limit: 200 })).items.length).toBeGreaterThan(0);
  expect(met.coalesced + met.issue_created).toBe(25);
});
