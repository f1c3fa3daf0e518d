import { checkoutConflict, issue as issueEntity } from "@boardroom/contract";
import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { beforeAll, describe, expect, it } from "vitest";
import { forEachOf } from "./support/calls.ts";
import { newCrowd, type Racer, withKeys } from "./support/crowd.ts";
import { describeDurations, print } from "./support/print.ts";
import { type Answer, readBody, readError, send } from "./support/send.ts";

const boardroom = useBoardroom();
let company: TestCompany;
let crowd: Racer[];
beforeAll(async () => {
  company = await boardroom.newCompany();
  crowd = await newCrowd(boardroom, company, 1000);
}, 60_000);

const newIssue = () =>
  company.board.call("issues.create", { params: { cid: company.cid }, body: { title: "The one issue" } });

interface Attempt {
  racer: Racer;
  answer: Answer;
  durationMs: number;
}

async function checkOut(racer: Racer, issueId: string): Promise<Attempt> {
  const startedAt = performance.now();
  const answer = await send(boardroom.url, "POST", `/issues/${issueId}/checkout`, {
    headers: racer.headers,
    body: { agentId: racer.agentId },
  });
  return { racer, answer, durationMs: performance.now() - startedAt };
}

/** All at once; exactly one may win. */
async function race(
  racers: readonly Racer[],
  what: string,
): Promise<{ won: Attempt; lost: Attempt[]; issueId: string }> {
  const { id } = await newIssue();
  const attempts = await Promise.all(racers.map((racer) => checkOut(racer, id)));
  print(
    describeDurations(
      what,
      attempts.map(({ durationMs }) => durationMs),
    ),
  );
  const [won, ...others] = attempts.filter(({ answer }) => answer.status === 200);
  if (!won) expect.fail(`Nobody won: ${attempts[0]?.answer.text}`);
  expect(others).toHaveLength(0);
  const issue = issueEntity.strict().parse(readBody(won.answer));
  expect(issue).toMatchObject({ id, status: "in_progress", assigneeAgentId: won.racer.agentId });
  const lost = attempts.filter((each) => each !== won);
  const statuses = new Set(lost.map(({ answer }) => `${answer.status} ${readError(answer).code}`));
  expect([...statuses]).toEqual(["409 checkout_conflict"]);
  await expectOneCheckout(id);
  return { won, lost, issueId: id };
}

async function expectOneCheckout(issueId: string): Promise<void> {
  const entries = await boardroom.ownerQuery(
    "select 1 from activity_log where company_id = $1 and entity_id = $2 and action = 'issue.checked_out'",
    [company.cid, issueId],
  );
  expect(entries).toHaveLength(1);
}

const conflictOf = ({ answer }: Attempt) => checkoutConflict.strict().parse(readError(answer).details);

describe("of many agents that check one issue out at once exactly one gets it", () => {
  it.each([50, 1000])("and %i learn who holds it, and why they don't", { timeout: 60_000 }, async (size) => {
    const { won, lost, issueId } = await race(crowd.slice(0, size), `${size} at once on one issue, by run token`);
    expect(lost).toHaveLength(size - 1);
    for (const attempt of lost) {
      expect(conflictOf(attempt)).toMatchObject({
        issueId,
        status: "in_progress",
        reason: "held",
        checkoutRunId: won.racer.runId,
        assigneeAgentId: won.racer.agentId,
        holder: { agentName: won.racer.name, since: expect.any(String), leaseExpiresAt: expect.any(String) },
      });
    }
    const stored = await company.board.call("issues.get", { params: { id: issueId } });
    expect(stored.holder).toMatchObject({ runId: won.racer.runId, agentName: won.racer.name });
  });

  it("by their long-lived keys, from within their runs", { timeout: 60_000 }, async () => {
    const racers = await withKeys(boardroom, company, crowd.slice(0, 50), true);
    const { won, lost } = await race(racers, "50 at once on one issue, by agent key");
    for (const attempt of lost) {
      expect(conflictOf(attempt)).toMatchObject({ reason: "held", holder: { agentName: won.racer.name } });
    }
  });

  it("by their long-lived keys, outside of any run: it is assigned, not held", { timeout: 60_000 }, async () => {
    const racers = await withKeys(boardroom, company, crowd.slice(50, 100), false);
    const { won, lost } = await race(racers, "50 at once on one issue, by agent key without a run");
    for (const attempt of lost) {
      const { agentId } = won.racer;
      expect(conflictOf(attempt)).toMatchObject({
        reason: "assigned_to_other",
        assigneeAgentId: agentId,
        holder: null,
      });
    }
  });
});

it("the winner may ask again, and the others only after its release", async () => {
  const [first, second] = [crowd[100], crowd[101]];
  if (!first || !second) expect.fail("The crowd is too small");
  const { id } = await newIssue();
  expect((await checkOut(first, id)).answer.status).toBe(200);
  expect((await checkOut(first, id)).answer.status).toBe(200);
  expect((await checkOut(second, id)).answer.status).toBe(409);
  await expectOneCheckout(id);
  expect((await send(boardroom.url, "POST", `/issues/${id}/release`, { headers: first.headers })).status).toBe(200);
  expect((await checkOut(second, id)).answer.status).toBe(200);
});

it("1,000 issues are all checked out by 64 agents at once", { timeout: 60_000 }, async () => {
  const issues = await boardroom.ownerQuery<{ id: string }>(
    `with counted as (update companies set issue_counter = issue_counter + 1000 where id = $1 returning id, issue_prefix, issue_counter)
     insert into issues (company_id, identifier, issue_number, title)
     select id, issue_prefix || '-' || (issue_counter - 1000 + n), issue_counter - 1000 + n, 'Issue ' || n
     from counted, generate_series(1, 1000) n returning id`,
    [company.cid],
  );
  const attempts: Attempt[] = [];
  const startedAt = performance.now();
  const waiting = [...issues];
  await forEachOf(crowd.slice(200, 264), 64, async (racer) => {
    for (let issue = waiting.pop(); issue; issue = waiting.pop()) attempts.push(await checkOut(racer, issue.id));
  });
  const seconds = (performance.now() - startedAt) / 1000;
  print(
    describeDurations(
      "1,000 issues by 64 agents",
      attempts.map(({ durationMs }) => durationMs),
    ),
  );
  print(`${Math.round(1000 / seconds)} checkouts a second`);
  expect(attempts.map(({ answer }) => answer.status)).toEqual(Array.from({ length: 1000 }, () => 200));
  const [taken] = await boardroom.ownerQuery(
    "select count(*)::int as issues, count(distinct checkout_run_id)::int as runs from issues where id = any($1::uuid[]) and status = 'in_progress'",
    [issues.map(({ id }) => id)],
  );
  expect(taken).toEqual({ issues: 1000, runs: 64 });
});
