import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { BoardroomError, type Issue } from "@boardroom/contract";
import { demoTasks } from "../demo/script.ts";
import type { DemoRun } from "./work-on-run.ts";

/** Takes one issue from the inbox and brings it to done, at a pace that a person can follow. */
export async function solveIssue(run: DemoRun): Promise<string> {
  const issue = await takeIssue(run);
  if (!issue) return "Nothing to do. (demo)";
  const params = { id: issue.id };
  const pause = () => sleep(randomInt(2500, 5000), undefined, { signal: run.signal });
  await run.tell({ type: "assistant", text: `Working on ${issue.identifier}: ${issue.title}` });
  await run.api().call("issues.comment", { params, body: { body: "I am on it. (Demo agent, scripted)" } });
  await pause();
  const task = demoTasks.find(({ title }) => title === issue.title)?.description ?? "Reading what is asked.";
  await run.tell({ type: "thinking", text: task });
  await pause();
  await run.tell({ type: "tool_call", name: "compare", input: { issue: issue.identifier, variants: 3 } });
  await run.tell({ type: "tool_result", name: "compare", text: "The simplest of the three will do. (scripted)" });
  await pause();
  await reportCost(run, issue);
  await pause();
  await run.api().call("issues.update", {
    params,
    body: { status: "done", comment: `Done: ${issue.title}. Nothing was really baked. (Demo agent, scripted)` },
  });
  return `Finished ${issue.identifier}. (demo)`;
}

/** The issue that the run was woken for, else the most urgent one; null when somebody else has all of them. */
async function takeIssue(run: DemoRun): Promise<Issue | null> {
  const inbox = await run.api().call("agents.inboxMine", {});
  const wanted = inbox.filter(({ status }) => status !== "in_review" && status !== "blocked");
  wanted.sort((a, b) => Number(b.id === run.invocation.taskId) - Number(a.id === run.invocation.taskId));
  for (const { id } of wanted) {
    try {
      return await run.api().call("issues.checkout", { params: { id }, body: { agentId: run.invocation.agentId } });
    } catch (error) {
      if (!(error instanceof BoardroomError) || error.code !== "checkout_conflict") throw error;
    }
  }
  return null;
}

/** Reports what a model would have cost, so that budgets and charts have something to show. */
export async function reportCost({ api, invocation, me }: DemoRun, issue: Pick<Issue, "id"> | null): Promise<void> {
  const inputTokens = randomInt(800, 2400);
  await api().call("costs.report", {
    params: { cid: invocation.companyId },
    body: {
      agentId: invocation.agentId,
      issueId: issue?.id ?? null,
      heartbeatRunId: invocation.runId,
      provider: "demo",
      model: "demo-script",
      inputTokens,
      outputTokens: Math.round(inputTokens / 4),
      costCents: me.part.costCents,
    },
  });
}
