import { describe, expect, it } from "vitest";
import { auditKernel } from "../../test/audit-kernel.ts";
import { whatNeverHappens } from "../../test/contest-rules.ts";
import { type ContestedIssue, type Look, openContest, outcomeOf, type StepName } from "../../test/contested-issue.ts";
import { useDomainDatabases } from "../../test/domain-database.ts";
import { inLanes } from "../../test/interleave.ts";

const lanes = useDomainDatabases(4);

/** How far things have come when two verbs meet. */
const points: Record<string, StepName[]> = {
  "a queued run": [],
  "a running run": ["first claims"],
  "a run that holds the issue": ["first claims", "first checks out"],
  "a lease that is over": ["first claims", "first checks out", "the lease ends"],
  "a run that was given out again": [
    "first claims",
    "first checks out",
    "the lease ends",
    "the reaper comes",
    "again claims",
  ],
};
const verbs: StepName[] = [
  "first claims",
  "again claims",
  "first checks out",
  "other checks out",
  "again checks out",
  "first renews",
  "first comments",
  "first succeeds",
  "again succeeds",
  "first fails",
  "the reaper comes",
  "the board cancels",
  "the board frees",
];
const pairs = verbs.flatMap((one, index) => verbs.slice(index).map((other) => [one, other] as const));

/** What must hold of two outcomes, whichever came first. */
function judgePair(
  [one, other]: readonly [StepName, StepName],
  codes: readonly string[],
  { before, after }: { before: Look; after: Look },
): string[] {
  const wrong = whatNeverHappens(before, after);
  const bothOk = codes[0] === "ok" && codes[1] === "ok";
  const attempts = Object.entries(after.runs).map(([id, run]) => run.attempt - (before.runs[id]?.attempt ?? 0));
  if (bothOk && one.endsWith("claims") && other.endsWith("claims")) wrong.push("two claims won");
  if (attempts.some((added) => added > 1)) wrong.push("one moment gave two attempts");
  if (bothOk && one !== other && one.endsWith("checks out") && other.endsWith("checks out"))
    wrong.push("two checkouts won");
  return wrong;
}

async function meet(contest: ContestedIssue, pair: readonly [StepName, StepName]) {
  const before = await contest.look();
  const codes = await Promise.all(pair.map((step) => outcomeOf(contest.steps[step]())));
  return { codes, looks: { before, after: await contest.look() } };
}

describe("any two verbs at the same moment", () => {
  it.each(Object.entries(points))("leave no trace of a tie, at %s", { timeout: 120_000 }, async (point, prefix) => {
    const wrong: string[] = [];
    const startedAt = Date.now();
    await inLanes(lanes(), pairs, async (db, pair) => {
      const contest = await openContest(db);
      for (const step of prefix) await outcomeOf(contest.steps[step]());
      const { codes, looks } = await meet(contest, pair);
      const findings = await auditKernel(db.owner, { companyIds: [contest.tenant.companyId] });
      const problems = [...judgePair(pair, codes, looks), ...findings.map(({ rule, detail }) => `${rule}: ${detail}`)];
      if (problems.length > 0) wrong.push(`${pair.join(" + ")} (${codes.join(", ")}) => ${problems.join("; ")}`);
    });
    process.stdout.write(`${pairs.length} pairs at ${point} in ${Date.now() - startedAt} ms\n`);
    expect(wrong).toEqual([]);
  });
});
