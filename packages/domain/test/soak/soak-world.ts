import { setTimeout as sleep } from "node:timers/promises";
import { BoardroomError } from "@boardroom/contract";
import type { Actor } from "../../src/context.ts";
import { systemActor } from "../../src/context.ts";
import { deliverRun } from "../../src/heartbeat/deliver-run.ts";
import { killableWorker, WorkerKilled } from "../killable-worker.ts";
import type { StartedDatabase, Tenant, TestCtx } from "../start-domain-database.ts";
import { addAgent, type TestAgent } from "../working-agents.ts";
import { createMisbehavingQueue, type MisbehavingQueue, type QueueFaults } from "./misbehaving-queue.ts";
import { createSeededAgents, type SeededAgents } from "./seeded-agents.ts";

export interface SoakCompany {
  tenant: Tenant;
  agents: TestAgent[];
}

export interface SoakFaults extends QueueFaults {
  /** Shares of database requests that are cut off before they run, and after their commit. */
  lostRequests: number;
  lostAnswers: number;
  /** Share of Workers that are killed while they deliver. */
  killedWorkers: number;
}

export interface SoakWorld {
  database: StartedDatabase;
  companies: SoakCompany[];
  queue: MisbehavingQueue;
  agents: SeededAgents;
  random: () => number;
  pick<T>(values: readonly T[]): T;
  counts: { killed: number; unanswered: number };
  /** A context of the board or another actor of that company, whose dispatches go to the misbehaving queue. */
  as(company: SoakCompany, actor?: Actor): TestCtx;
  /** Ends all faults. */
  behave(): void;
}

const agentsPerCompany = 5;
/** A delivery has at most about so many awaits. */
const longestLife = 6;

/** Companies, agents, queue and database, all of which misbehave by chance. */
export async function openSoakWorld(
  database: StartedDatabase,
  options: { companies: number; faults: SoakFaults; random: () => number },
): Promise<SoakWorld> {
  const { random } = options;
  let { faults } = options;
  const counts = { killed: 0, unanswered: 0 };
  const pick = <T>(values: readonly T[]): T => {
    const value = values[Math.floor(random() * values.length)];
    if (value === undefined) throw new Error("Nothing to pick from");
    return value;
  };
  const byId = new Map<string, SoakCompany>();
  const queue = createMisbehavingQueue({
    faults,
    random,
    atOnce: 24,
    deliver: async ({ companyId, runId }) => {
      const company = byId.get(companyId);
      if (!company) return;
      const death =
        random() < faults.killedWorkers
          ? { at: 1 + Math.floor(random() * longestLife), isAfter: random() < 0.5 }
          : null;
      try {
        await deliverRun(killableWorker(as(company, systemActor), death).ctx, runId);
      } catch (error) {
        // The message was used up; whoever sweeps comes by later.
        counts[error instanceof WorkerKilled ? "killed" : "unanswered"] += 1;
        if (error instanceof BoardroomError && error.status < 500 && error.code !== "lease_lost") throw error;
      }
    },
  });
  const agents = createSeededAgents({ random, as: (companyId, agent, run) => runContext(companyId, agent, run) });
  const as = ({ tenant }: SoakCompany, actor: Actor = tenant.board.actor): TestCtx => ({
    ...tenant.board,
    actor,
    ports: { ...tenant.ports, dispatch: queue.push, invoke: agents.invoke },
  });
  const runContext = (companyId: string, agent: TestAgent, run: { id: string; fence: number }) => {
    const company = byId.get(companyId);
    if (!company) throw new Error(`No company ${companyId}`);
    return as(company, company.tenant.asRun(agent, run).actor);
  };
  const companies = await Promise.all(Array.from({ length: options.companies }, () => openCompany(database)));
  for (const company of companies) byId.set(company.tenant.companyId, company);
  database.endpoint.faults.dropBefore(undefined, { probability: faults.lostRequests });
  database.endpoint.faults.dropAfterCommit(undefined, { probability: faults.lostAnswers });
  return {
    database,
    companies,
    queue,
    agents,
    random,
    pick,
    counts,
    as,
    behave() {
      faults = { ...faults, killedWorkers: 0 };
      queue.behave();
      database.endpoint.faults.clear();
    },
  };
}

async function openCompany({ newTenant, owner }: StartedDatabase): Promise<SoakCompany> {
  const tenant = await newTenant();
  const agents: TestAgent[] = [];
  for (let index = 0; index < agentsPerCompany; index++) {
    const agent = await addAgent(owner, tenant.companyId);
    await owner.query(
      "update agents set runtime_config = jsonb_set(runtime_config, '{heartbeat,maxConcurrentRuns}', $2) where id = $1",
      [agent.id, String(1 + (index % 3))],
    );
    agents.push(agent);
  }
  return { tenant, agents };
}

/** Repeats a call that got no answer; a refusal is an answer. Gives up in the end, as everybody does. */
export async function persist<T>(call: () => Promise<T>, tries = 12): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await call();
    } catch (error) {
      const isAnswer = error instanceof BoardroomError && error.status < 500;
      if (isAnswer || left === 1) throw error;
      await sleep(20 * (tries - left + 1));
    }
  }
}
