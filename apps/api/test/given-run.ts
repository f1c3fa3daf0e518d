import type { Agent, Issue, Run } from "@boardroom/contract";
import type { AgentBehaviour, TestAgent, TestBoardroom, TestCompany } from "@boardroom/testing";
import { expect } from "vitest";

/** An agent that was just given an issue, and the run that this started. */
export interface GivenRun {
  company: TestCompany;
  agent: Agent;
  server: TestAgent;
  webhookSecret: string;
  issue: Issue;
  runId: string;
  /** The run as the board shows it now. */
  run(): Promise<Run>;
  waitFor(...statuses: Run["status"][]): Promise<Run>;
  /** Makes the next delivery due, lets the trigger fire, and resolves when the run waits again or has ended. */
  redeliver(): Promise<Run>;
}

export interface GivenRunOptions {
  timeoutSec?: number;
  contextMode?: "thin" | "fat";
}

/** Hires an agent that behaves so, and assigns it an issue. */
export async function giveRun(
  boardroom: TestBoardroom,
  behaviour: AgentBehaviour,
  options: GivenRunOptions = {},
): Promise<GivenRun> {
  const company = await boardroom.newCompany();
  const { agent, server, webhookSecret } = await boardroom.hireHttpAgent(company, { behaviour, ...options });
  const issue = await company.board.call("issues.create", {
    params: { cid: company.cid },
    body: { title: "Work", assigneeAgentId: agent.id },
  });
  const [started] = await company.board.call("runs.list", { params: { cid: company.cid } });
  if (!started) throw new Error("The assignment started no run");
  const runId = started.id;
  const waitFor = (...statuses: Run["status"][]) => boardroom.waitForRun(company, runId, ...statuses);
  return {
    company,
    agent,
    server,
    webhookSecret,
    issue,
    runId,
    run: () => company.board.call("runs.get", { params: { id: runId } }),
    waitFor,
    async redeliver() {
      await makeDue(boardroom, runId);
      await boardroom.runScheduled();
      await waitFor("running", "queued", "failed", "succeeded");
      for (;;) {
        const run = await waitFor("queued", "failed", "succeeded");
        if (run.status !== "queued" || Date.parse(run.availableAt) > Date.now()) return run;
      }
    },
  };
}

/** Lets a run that waits for its next delivery be due now. */
export const makeDue = (boardroom: TestBoardroom, runId: string) =>
  boardroom.ownerQuery("update heartbeat_runs set available_at = now() where id = $1 and status = 'queued'", [runId]);

/** Nobody holds the issue, and the agent takes the next run. */
export async function expectFree({ company, issue, agent }: GivenRun, status = "todo") {
  expect(await company.board.call("issues.get", { params: { id: issue.id } })).toMatchObject({
    status,
    holder: null,
    checkoutRunId: null,
  });
  const { status: agentStatus } = await company.board.call("agents.get", { params: { id: agent.id } });
  return agentStatus;
}

/** Takes the issue with the run's token before it goes wrong, so that there is something to free. */
export const afterCheckout =
  (then: AgentBehaviour): AgentBehaviour =>
  async (webhook, response) => {
    const { taskId, agentId } = webhook.payload.data;
    await webhook.api.call("issues.checkout", { params: { id: taskId ?? "" }, body: { agentId } });
    await then(webhook, response);
  };
