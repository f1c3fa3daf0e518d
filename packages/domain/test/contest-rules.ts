import type { ContestedIssue, Look, Session, StepName } from "./contested-issue.ts";
import { outcomeOf } from "./contested-issue.ts";
import type { TestRun } from "./working-agents.ts";

const ended = ["succeeded", "failed", "cancelled", "timed_out", "lost"];

/** Does one step and says what about it must not be; the look afterwards is the next step's look before. */
export async function takeStep(
  contest: ContestedIssue,
  step: StepName,
  before: Look,
): Promise<{ after: Look; code: string; wrong: string[] }> {
  const token = tokenFor(contest, step);
  const code = await outcomeOf(contest.steps[step]());
  const after = await contest.look();
  const wrong = [
    ...whatNeverHappens(before, after),
    ...(token ? whatTokensNeverDo(step, token, code, before, after) : []),
  ];
  if (step === "the reaper comes" && Object.values(after.runs).some(({ isLeaseOver }) => isLeaseOver))
    wrong.push("the reaper left a lease that is over");
  return { after, code, wrong: wrong.map((what) => `${step} (${code}): ${what}`) };
}

function tokenFor(contest: ContestedIssue, step: StepName): TestRun | undefined {
  const session = (["first", "other", "again"] as const satisfies Session[]).find((each) => step.startsWith(each));
  return session && !step.endsWith("claims") ? contest.tokenOf(session) : undefined;
}

/** Between any two looks, also when several steps lie between them. */
export function whatNeverHappens(before: Look, after: Look): string[] {
  const wrong: string[] = [];
  for (const [id, was] of Object.entries(before.runs)) {
    const is = after.runs[id];
    if (!is) wrong.push(`run ${id} is gone`);
    else if (ended.includes(was.status) && is.all !== was.all)
      wrong.push(`an ended run changed: ${was.all} -> ${is.all}`);
    else if ((is.fence ?? 0) < (was.fence ?? 0)) wrong.push(`a fence went back from ${was.fence} to ${is.fence}`);
  }
  const { holder } = after.issue;
  if (holder && after.runs[holder]?.status !== "running")
    wrong.push(`the issue is held by a run that is ${after.runs[holder]?.status}`);
  return wrong;
}

/** A token counts while its run runs under its fence, and no longer. */
function whatTokensNeverDo(step: StepName, token: TestRun, code: string, before: Look, after: Look): string[] {
  const run = before.runs[token.id];
  const isCurrent = run?.status === "running" && run.fence === token.fence;
  const holder = before.issue.holder ? before.runs[before.issue.holder] : undefined;
  const isHeldByOther = before.issue.holder !== token.id && holder?.status === "running" && !holder.isLeaseOver;
  const isSame = JSON.stringify(after) === JSON.stringify(before);
  const wrong: string[] = [];
  if (!isCurrent && !isSame) wrong.push("a token of the past changed something");
  if (!isCurrent && code === "ok" && !/succeeds|fails/.test(step)) wrong.push("a token of the past was accepted");
  if (!isCurrent && code === "ok" && run?.fence !== token.fence) wrong.push("a result of an older fence was accepted");
  if (run?.isLeaseOver && code === "ok" && !/succeeds|fails/.test(step))
    wrong.push("a lease that is over still counted");
  if (isHeldByOther && after.issue.holder !== before.issue.holder) wrong.push("the issue was taken from its holder");
  if (isHeldByOther && step.endsWith("checks out") && code === "ok") wrong.push("the issue has two holders");
  if (step.endsWith("checks out") && code === "ok" && after.issue.holder !== token.id)
    wrong.push("a checkout gave no lock");
  return wrong;
}
