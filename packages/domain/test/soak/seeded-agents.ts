import { setTimeout as sleep } from "node:timers/promises";
import { BoardroomError, type Invocation, type InvocationOutcome, type RunResult } from "@boardroom/contract";
import { addRunEvents, completeRun, renewRun } from "../../src/heartbeat/index.ts";
import { addComment, checkoutIssue, updateIssue } from "../../src/issues/index.ts";
import { reportCost } from "../../src/money/index.ts";
import type { TestCtx } from "../start-domain-database.ts";
import type { TestAgent } from "../working-agents.ts";
import { persist } from "./soak-world.ts";

export interface SeededAgents {
  invoke(invocation: Invocation): Promise<InvocationOutcome>;
  /** Agents that accepted a run and are still at it. */
  atWork(): number;
  counts: Record<string, number>;
  /** What an agent's work met that no agent should meet. */
  failures: string[];
  /** From now on all answer at once. */
  behave(): void;
}

interface Job {
  ctx: TestCtx;
  agent: TestAgent;
  runId: string;
  fence: number;
  issueId: string | null;
}

type Manner = [name: string, share: number, answer: (job: Job) => InvocationOutcome];

/** Agents that answer at once, accept and work, answer twice, late, with an error, or never; by chance. */
export function createSeededAgents(options: {
  random: () => number;
  as: (companyId: string, agent: TestAgent, run: { id: string; fence: number }) => TestCtx;
}): SeededAgents {
  const { random, as } = options;
  const counts: Record<string, number> = {};
  const failures: string[] = [];
  let working = 0;
  let isHonest = false;
  const count = (what: string) => {
    counts[what] = (counts[what] ?? 0) + 1;
  };

  const later = (job: Job, work: (job: Job) => Promise<unknown>) => {
    working += 1;
    work(job)
      .catch((error: unknown) => {
        // A lease that is gone, and a database that didn't answer for long, are part of it.
        const code = error instanceof BoardroomError && error.status < 500 ? error.code : "unanswered";
        count(`agents that met ${code}`);
        if (!expectedCodes.has(code))
          failures.push(`${code}: ${error instanceof Error ? error.message : String(error)}`);
      })
      .finally(() => {
        working -= 1;
      });
  };
  const resultOf = (job: Job): RunResult => ({
    status: "succeeded",
    summary: `fence ${job.fence}`,
    costUsd: Math.ceil(random() * 9) / 100,
  });
  const accepted: InvocationOutcome = { kind: "accepted", httpStatus: 202 };

  const manners: [Manner, ...Manner[]] = [
    ["answer at once", 0.7, (job) => ({ kind: "finished", httpStatus: 200, result: resultOf(job) })],
    [
      "work and complete",
      0.08,
      (job) => {
        later(job, workThrough(resultOf(job)));
        return accepted;
      },
    ],
    [
      "complete twice",
      0.05,
      (job) => {
        for (const result of [resultOf(job), { ...resultOf(job), status: "failed" as const, error: "Twice" }]) {
          later(job, ({ ctx, runId }) => persist(() => completeRun(ctx, { id: runId, ...result })));
        }
        return accepted;
      },
    ],
    [
      "complete late",
      0.04,
      (job) => {
        later(job, async ({ ctx, runId }) => {
          await sleep(200 + random() * 800);
          await persist(() => completeRun(ctx, { id: runId, ...resultOf(job) }));
        });
        return accepted;
      },
    ],
    ["never answer", 0.02, () => accepted],
    [
      "hang up",
      0.04,
      () => ({
        kind: "failed",
        retryable: true,
        errorCode: "no_answer",
        message: "The agent hung up.",
        retryAfterMs: null,
      }),
    ],
    [
      "fail for a while",
      0.05,
      () => ({
        kind: "finished",
        httpStatus: 200,
        result: { status: "failed", error: "Overloaded", errorFamily: "transient" },
      }),
    ],
    [
      "fail for good",
      0.02,
      () => ({
        kind: "finished",
        httpStatus: 200,
        result: { status: "failed", error: "No such model", errorFamily: "config" },
      }),
    ],
  ];

  const pickManner = (dice: number): Manner => {
    let above = dice;
    for (const manner of manners) {
      above -= manner[1];
      if (above < 0) return manner;
    }
    return manners[0];
  };

  return {
    counts,
    failures,
    atWork: () => working,
    behave: () => {
      isHonest = true;
    },
    async invoke({ payload }) {
      if (payload.type !== "heartbeat.invoke") return accepted;
      const { agentId, companyId, runId, fence, taskId } = payload.data;
      const agent = { id: agentId, name: "Agent" };
      const job: Job = { ctx: as(companyId, agent, { id: runId, fence }), agent, runId, fence, issueId: taskId };
      const [name, , answer] = pickManner(isHonest ? 0 : random());
      count(name);
      return answer(job);
    },
  };
}

const expectedCodes = new Set([
  "lease_lost",
  "checkout_conflict",
  "unanswered",
  "conflict",
  "invalid_transition",
  "agent_not_invokable",
]);

/** Does what a careful agent does: each call under a key that makes its repetition harmless. */
function workThrough(result: RunResult) {
  return async ({ ctx, agent, runId, fence, issueId }: Job): Promise<void> => {
    const once = (operation: string): TestCtx => ({
      ...ctx,
      idempotency: { key: `${runId}-${fence}-${operation}`, operation, bodyHash: "" },
    });
    await persist(() => renewRun(ctx, { id: runId, progress: "On it" }));
    await persist(() => addRunEvents(ctx, { id: runId, events: [{ seq: 1, kind: "assistant", message: "Thinking" }] }));
    if (issueId) {
      await persist(() =>
        checkoutIssue(ctx, {
          id: issueId,
          agentId: agent.id,
          expectedStatuses: ["todo", "backlog", "blocked", "in_review"],
        }),
      );
      await persist(() => addComment(once("comment"), { id: issueId, body: `Done by ${runId} under ${fence}` }));
      const cost = {
        id: crypto.randomUUID(),
        agentId: agent.id,
        issueId,
        provider: "p",
        model: "m",
        costCents: 3,
        inputTokens: 1,
        outputTokens: 1,
        cachedInputTokens: 0,
      };
      await persist(() => reportCost(ctx, cost));
      await persist(() => updateIssue(ctx, { id: issueId, status: "done" }));
    }
    await persist(() => completeRun(ctx, { id: runId, ...result }));
  };
}
