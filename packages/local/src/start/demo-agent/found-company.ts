import type { Approval } from "@boardroom/contract";
import { demoPlan } from "../demo/demo-plan.ts";
import { reportCost, solveIssue } from "./solve-issue.ts";
import type { DemoRun } from "./work-on-run.ts";

type Inbox = Awaited<ReturnType<typeof readInbox>>;

/** The first runs of a new company's CEO: proposes one plan, answers a wish for changes, and gets to work once it has a yes. */
export async function foundCompany(run: DemoRun): Promise<string> {
  const cid = run.invocation.companyId;
  const [latest] = await run
    .api()
    .call("approvals.list", { params: { cid }, query: { type: "approve_ceo_strategy", limit: 1 } });
  const inbox = await readInbox(run);
  if (!latest) return propose(run, inbox);
  switch (latest.status) {
    case "pending":
      return "The plan waits for the board. (demo)";
    case "revision_requested":
      return revise(run, latest);
    case "approved":
      return inbox[0]?.status === "in_review" ? begin(run, inbox) : solveIssue(run);
    default:
      return "The board said no, so nothing is begun. (demo)";
  }
}

const readInbox = (run: DemoRun) => run.api().call("agents.inboxMine", {});

async function propose(run: DemoRun, inbox: Inbox): Promise<string> {
  const cid = run.invocation.companyId;
  const goals = await run.api().call("goals.list", { params: { cid }, query: { limit: 1 } });
  await run.tell({ type: "thinking", text: "Who is needed for this goal, and what comes first?" });
  await reportCost(run, inbox[0] ?? null);
  const payload = demoPlan(goals[0] ?? null);
  await run.tell({ type: "tool_call", name: "propose_plan", input: { agents: payload.agents.length } });
  await run.api().call("approvals.create", {
    params: { cid },
    body: { type: "approve_ceo_strategy", payload, idempotencyKey: "demo-plan" },
  });
  const [task] = inbox;
  if (task) {
    const params = { id: task.id };
    await run.api().call("issues.checkout", { params, body: { agentId: run.invocation.agentId } });
    await run.api().call("issues.update", {
      params,
      body: { status: "in_review", comment: "I proposed a plan; it waits for the board. (Demo agent, scripted)" },
    });
  }
  return `Proposed a plan of ${payload.agents.length} agents and ${payload.issues.length} issues. (demo)`;
}

/** A wish for changes is met by the same plan without its last hire. */
async function revise(run: DemoRun, { id, decisionNote }: Approval): Promise<string> {
  const goals = await run.api().call("goals.list", { params: { cid: run.invocation.companyId }, query: { limit: 1 } });
  const payload = demoPlan(goals[0] ?? null, "smaller");
  await run.tell({ type: "assistant", text: `The board asks: ${decisionNote ?? "something smaller"}` });
  await run.api().call("approvals.resubmit", { params: { id }, body: { payload } });
  return "Sent a smaller plan. (demo)";
}

async function begin(run: DemoRun, [task]: Inbox): Promise<string> {
  if (!task) return "The board said yes. (demo)";
  await run.api().call("issues.update", {
    params: { id: task.id },
    body: { status: "done", comment: "The board said yes; the others have begun. (Demo agent, scripted)" },
  });
  return "The board said yes. (demo)";
}
