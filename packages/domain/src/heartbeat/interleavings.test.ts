import { describe, expect, it } from "vitest";
import { auditKernel } from "../../test/audit-kernel.ts";
import { takeStep, whatNeverHappens } from "../../test/contest-rules.ts";
import { type ContestedIssue, openContest, outcomeOf, type StepName } from "../../test/contested-issue.ts";
import { type DomainDatabase, useDomainDatabases } from "../../test/domain-database.ts";
import { inLanes, mergesOf } from "../../test/interleave.ts";

const lanes = useDomainDatabases(6);
const isNightly = process.env.NIGHTLY === "1";
type Sequences = readonly (readonly StepName[])[];

/** Each actor's steps in its own order; all merges of them are run. */
const contests: Record<string, Sequences> = {
  "checkout, release, expiry and completion": [
    ["first claims", "first checks out", "first succeeds"],
    ["other checks out", "other releases"],
    ["the lease ends", "the reaper comes", "again claims"],
  ],
  "two deliveries that both hold on to their work": [
    ["first claims", "first checks out", "first closes"],
    ["the lease ends", "the reaper comes"],
    ["again claims", "again closes"],
  ],
  ...(isNightly && {
    "completion, cancellation and redelivery": [
      ["first claims", "first renews", "first fails"],
      ["the board cancels"],
      ["the lease ends", "the reaper comes", "again claims", "again succeeds"],
    ],
    "two deliveries that write and a board that frees": [
      ["first claims", "first checks out", "first comments", "first closes"],
      ["the lease ends", "the reaper comes", "the board frees"],
      ["again claims", "again checks out", "again closes"],
    ],
  }),
};

/** Ends what still runs, so that everything must have an outcome. */
async function comeToRest(contest: ContestedIssue): Promise<void> {
  for (let round = 0; round < 12; round++) {
    for (const step of ["first succeeds", "other succeeds", "again succeeds", "again claims"] as const) {
      await outcomeOf(contest.steps[step]());
    }
    const { runs } = await contest.look();
    if (Object.values(runs).every(({ status }) => status !== "queued" && status !== "running")) return;
  }
}

async function check(db: DomainDatabase, contest: ContestedIssue, atRest: boolean): Promise<string[]> {
  const findings = await auditKernel(db.owner, { companyIds: [contest.tenant.companyId], atRest });
  return findings.map(({ rule, detail }) => `${rule}: ${detail}`);
}

describe("all orders of", () => {
  it.each(Object.entries(contests))(
    "%s keep one holder, one fence and one end",
    { timeout: 300_000 },
    async (name, sequences) => {
      const orders = mergesOf(sequences.map(({ length }) => length));
      const wrong: string[] = [];
      let steps = 0;
      const startedAt = Date.now();
      await inLanes(lanes(), orders, async (db, order) => {
        const contest = await openContest(db);
        const left = sequences.map((sequence) => sequence.values());
        const story: string[] = [];
        const problems: string[] = [];
        let look = await contest.look();
        for (const actor of order) {
          const step = left[actor]?.next().value;
          if (!step) throw new Error("A sequence ended early");
          const taken = await takeStep(contest, step, look);
          look = taken.after;
          story.push(`${step}: ${taken.code}`);
          problems.push(...taken.wrong);
          steps += 1;
        }
        problems.push(...(await check(db, contest, false)));
        await comeToRest(contest);
        problems.push(...whatNeverHappens(look, await contest.look()), ...(await check(db, contest, true)));
        if (problems.length > 0) wrong.push(`${story.join(" | ")} => ${problems.join("; ")}`);
      });
      process.stdout.write(`${orders.length} orders of ${name}: ${steps} steps in ${Date.now() - startedAt} ms\n`);
      expect(wrong).toEqual([]);
    },
  );
});
