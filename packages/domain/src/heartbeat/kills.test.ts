import { describe, expect, it } from "vitest";
import { auditKernel } from "../../test/audit-kernel.ts";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { type Death, type KillableWorker, killableWorker, WorkerKilled } from "../../test/killable-worker.ts";
import { addAgent, type TestAgent } from "../../test/working-agents.ts";
import { systemActor } from "../context.ts";
import { addComment, checkoutIssue, createIssue, updateIssue } from "../issues/index.ts";
import type { InvocationOutcome } from "../ports.ts";
import { cancelRun } from "./cancel-run.ts";
import { completeRun } from "./complete-run.ts";
import { deliverRun } from "./deliver-run.ts";
import { invokeHeartbeat } from "./invoke-heartbeat.ts";
import { renewRun } from "./renew-run.ts";
import { tick } from "./tick.ts";

const domain = useDomainDatabase();
const maxRounds = 30;

interface Scene {
  tenant: Tenant;
  agent: TestAgent;
  issueId: string;
  runId: string;
  /** The context of Boardroom itself; the killed Worker's for the verb that is told to die. */
  system: TestCtx;
}

async function openScene(answer: InvocationOutcome): Promise<Scene> {
  const tenant = await domain.newTenant();
  const agent = await addAgent(domain.owner, tenant.companyId);
  const { id: issueId } = await createIssue(tenant.board, { title: "Work", assigneeAgentId: agent.id });
  tenant.ports.answer = () => answer;
  const runId = String(tenant.ports.dispatched.at(-1)?.runId);
  return { tenant, agent, issueId, runId, system: { ...tenant.board, actor: systemActor } };
}

const finished: InvocationOutcome = {
  kind: "finished",
  httpStatus: 200,
  result: { status: "succeeded", summary: "Done", costUsd: 0.01 },
};
const refused: InvocationOutcome = {
  kind: "failed",
  retryable: true,
  errorCode: "http_500",
  message: "It answered 500.",
  retryAfterMs: null,
};
const failed: InvocationOutcome = {
  kind: "finished",
  httpStatus: 200,
  result: { status: "failed", error: "No luck", errorFamily: "transient" },
};
const accepted: InvocationOutcome = { kind: "accepted", httpStatus: 202 };

/** What a Worker is doing when it dies; `ctx` is its context. */
const works: Record<
  string,
  {
    answer: InvocationOutcome;
    before?: (scene: Scene) => Promise<unknown>;
    work: (ctx: TestCtx, scene: Scene, worker: KillableWorker) => Promise<unknown>;
  }
> = {
  "delivers a run that is answered at once": { answer: finished, work: (ctx, { runId }) => deliverRun(ctx, runId) },
  "delivers a run that fails and is tried again": { answer: failed, work: (ctx, { runId }) => deliverRun(ctx, runId) },
  "delivers a run to an agent that is out of order": {
    answer: refused,
    work: (ctx, { runId }) => deliverRun(ctx, runId),
  },
  "delivers a run that is accepted": { answer: accepted, work: (ctx, { runId }) => deliverRun(ctx, runId) },
  "takes an agent's calls": {
    answer: accepted,
    before: ({ system, runId }) => deliverRun(system, runId),
    work: async (ctx, scene) => {
      const own = await asRunOf(ctx, scene);
      await checkoutIssue(own, { id: scene.issueId, agentId: scene.agent.id, expectedStatuses: ["todo"] });
      await renewRun(own, { id: scene.runId, progress: "Half way" });
      await addComment(own, { id: scene.issueId, body: "Nearly" });
      await updateIssue(own, { id: scene.issueId, status: "done" });
      await completeRun(own, { id: scene.runId, status: "succeeded", costUsd: 0.02 });
    },
  },
  "cancels a running run": {
    answer: accepted,
    before: ({ system, runId }) => deliverRun(system, runId),
    work: (ctx, { runId, tenant }) => cancelRun({ ...ctx, actor: tenant.board.actor }, { id: runId }),
  },
  "wakes an agent": {
    answer: finished,
    work: (ctx, { agent, tenant }) => invokeHeartbeat({ ...ctx, actor: tenant.board.actor }, { id: agent.id }),
  },
  "does the minute's work": {
    answer: accepted,
    before: async (scene) => {
      await deliverRun(scene.system, scene.runId);
      await passTime(scene);
      const { companyId } = scene.tenant;
      await addAgent(domain.owner, companyId);
      await domain.owner.query(
        `insert into agent_schedules (company_id, agent_id, interval_sec, next_wake_at, enabled)
         select company_id, id, 60, now() - interval '5 minutes', true from agents where company_id = $1`,
        [companyId],
      );
    },
    work: (ctx, _, worker) => tick(worker.connect(domain.database.system("test")), ctx.ports),
  },
};

async function asRunOf(ctx: TestCtx, { agent, runId, tenant }: Scene): Promise<TestCtx> {
  const { rows } = await domain.owner.query<{ fence: string }>("select fence from heartbeat_runs where id = $1", [
    runId,
  ]);
  return { ...ctx, actor: tenant.asRun(agent, { id: runId, fence: Number(rows[0]?.fence) }).actor };
}

/** What waits is due, and every lease is over. */
async function passTime({ tenant }: Pick<Scene, "tenant">) {
  const { rows } = await domain.owner.query<{ id: string }>(
    `update heartbeat_runs set available_at = least(available_at, now()),
      lease_expires_at = case when status = 'running' then now() - interval '1 second' end
     where company_id = $1 and status in ('queued', 'running') returning id`,
    [tenant.companyId],
  );
  return rows;
}

/** Time passes and healthy Workers do what is due, until nothing is open any more. */
async function recover({ tenant, system }: Scene): Promise<void> {
  tenant.ports.answer = () => finished;
  for (let round = 0; round < maxRounds; round++) {
    const rows = await passTime({ tenant });
    if (rows.length === 0) return;
    tenant.ports.enqueued.length = 0;
    await tick(domain.database.system("test"), tenant.ports);
    for (const { companyId, runId } of tenant.ports.enqueued)
      if (companyId === tenant.companyId) await deliverRun(system, runId);
  }
  throw new Error(`After ${maxRounds} rounds something is still open`);
}

const dies = async (work: Promise<unknown>) => {
  try {
    await work;
    return false;
  } catch (error) {
    const causes = error instanceof AggregateError ? error.errors : [error];
    if (causes.some((cause) => cause instanceof WorkerKilled)) return true;
    throw error;
  }
};

describe("a Worker that is killed at any await", () => {
  it.each(Object.entries(works))("while it %s loses and repeats nothing", async (name, { answer, before, work }) => {
    const stage = async (death: Death | null) => {
      const scene = await openScene(answer);
      await before?.(scene);
      const worker = killableWorker(scene.system, death);
      const isDead = await dies(work(worker.ctx, scene, worker));
      return { scene, isDead, awaits: worker.awaits() };
    };
    const { awaits } = await stage(null);
    expect(awaits).toBeGreaterThan(0);
    let deaths = 0;
    for (let at = 1; at <= awaits; at++) {
      for (const isAfter of [false, true]) {
        const { scene, isDead } = await stage({ at, isAfter });
        deaths += isDead ? 1 : 0;
        const { companyId } = scene.tenant;
        expect(
          await auditKernel(domain.owner, { companyIds: [companyId] }),
          `killed at ${at}, after: ${isAfter}`,
        ).toEqual([]);
        await recover(scene);
        expect(
          await auditKernel(domain.owner, { companyIds: [companyId], atRest: true }),
          `recovered from ${at}, after: ${isAfter}`,
        ).toEqual([]);
      }
    }
    // A death after the last await is none that anybody could see.
    expect(deaths).toBeGreaterThanOrEqual(awaits);
    process.stdout.write(`A Worker that ${name} was killed ${deaths} times, at each of ${awaits} awaits\n`);
  });
});
