import { setTimeout as sleep } from "node:timers/promises";
import { BoardroomError } from "@boardroom/contract";
import { pauseAgent, resumeAgent } from "../../src/agents/index.ts";
import { systemActor } from "../../src/context.ts";
import { cancelRun, invokeHeartbeat, tick } from "../../src/heartbeat/index.ts";
import { createIssue } from "../../src/issues/index.ts";
import { auditKernel, type Finding } from "../audit-kernel.ts";
import { killableWorker } from "../killable-worker.ts";
import { persist, type SoakCompany, type SoakWorld } from "./soak-world.ts";

export interface LoadOptions {
  runs: number;
  powerCuts: number;
  /** Ends the load early; what was begun is still brought to rest and audited. */
  isOver?: () => boolean;
  log: (line: string) => void;
}
export interface LoadReport {
  /** Wakes that somebody was told of: none of them may be missing in the end. */
  acknowledged: string[];
  findings: Finding[];
  failures: string[];
  troubles: Record<string, number>;
}

const lanes = 10;
/** So many messages may wait before the load waits. */
const mostPending = 100;
const auditEveryMs = 4000;
const tickEveryMs = 250;

/** Lets many callers cause wakes, cancel and pause until there were so many runs, while time passes and the power goes. */
export async function putLoad(
  world: SoakWorld,
  { runs, powerCuts, log, isOver: isEnough = () => false }: LoadOptions,
): Promise<LoadReport> {
  const report: LoadReport = {
    acknowledged: [],
    findings: [],
    failures: [],
    troubles: { "power cuts": 0, ticks: 0, "ticks that failed": 0 },
  };
  const startedAt = performance.now();
  let isOver = false;
  const until = async (everyMs: number, work: () => Promise<unknown>) => {
    for (; !isOver; await sleep(everyMs)) await work().catch((error: unknown) => note(report, error));
  };
  const callers = Array.from({ length: lanes }, async () => {
    while (!isOver) {
      if (world.queue.pending() > mostPending) await sleep(5);
      else await causeSomething(world, report).catch((error: unknown) => note(report, error));
    }
  });
  const background = [
    until(tickEveryMs, () => passTime(world, report, 0.15)),
    until(auditEveryMs, async () => {
      const companyIds = Array.from({ length: 5 }, () => world.pick(world.companies).tenant.companyId);
      report.findings.push(...(await auditKernel(world.database.owner, { companyIds })));
      if (report.findings.length > 0) isOver = true;
    }),
    until(1000, async () => {
      const done = await countRuns(world);
      log(
        `${done} runs, ${Math.round((done / (performance.now() - startedAt)) * 1000)} a second, ${world.queue.pending()} messages wait`,
      );
      const cuts = report.troubles["power cuts"] ?? 0;
      if (done > (runs * (cuts + 1)) / (powerCuts + 1) && cuts < powerCuts) {
        report.troubles["power cuts"] = cuts + 1;
        await world.database.restartPostgres();
      }
      if (done >= runs || isEnough()) isOver = true;
    }),
  ];
  await Promise.all([...callers, ...background]);
  report.troubles["requests cut off"] = world.database.endpoint.faults.struck;
  world.behave();
  return report;
}

/** Refusals and missing answers are what this is about; the rest is a failure. */
function note({ failures }: LoadReport, error: unknown): void {
  const isRefusal = error instanceof BoardroomError && error.status < 500;
  if (isRefusal && !["conflict", "invalid_transition", "agent_not_invokable"].includes(error.code))
    failures.push(`${error.code}: ${error.message}`);
}

async function causeSomething(world: SoakWorld, report: LoadReport): Promise<void> {
  const company = world.pick(world.companies);
  const agent = world.pick(company.agents);
  const dice = world.random();
  const ctx = world.as(company);
  if (dice < 0.78) {
    const { wake } = await persist(() => invokeHeartbeat(ctx, { id: agent.id }));
    report.acknowledged.push(wake.id);
  } else if (dice < 0.95) {
    const idempotency = { key: crypto.randomUUID(), operation: "issues.create", bodyHash: "" };
    await persist(() => createIssue({ ...ctx, idempotency }, { title: "Work", assigneeAgentId: agent.id }));
  } else if (dice < 0.98) {
    await cancelSomething(world, company);
  } else {
    await persist(() => pauseAgent(ctx, { id: agent.id }));
    await sleep(30);
    await persist(() => resumeAgent(ctx, { id: agent.id }));
  }
}

async function cancelSomething(world: SoakWorld, company: SoakCompany): Promise<void> {
  const { rows } = await world.database.owner.query<{ id: string }>(
    "select id from heartbeat_runs where company_id = $1 and status in ('queued', 'running') order by random() limit 1",
    [company.tenant.companyId],
  );
  const [run] = rows;
  if (run) await persist(() => cancelRun(world.as(company), { id: run.id }));
}

/** Time passes for some of what waits or runs, and the minute comes, perhaps in a Worker that dies of it. */
async function passTime(world: SoakWorld, report: LoadReport, share: number): Promise<void> {
  await letTimePass(world, share);
  const company = world.pick(world.companies);
  const worker = killableWorker(
    world.as(company, systemActor),
    world.random() < 0.1 ? { at: 1 + Math.floor(world.random() * 5), isAfter: world.random() < 0.5 } : null,
  );
  report.troubles.ticks = (report.troubles.ticks ?? 0) + 1;
  await tick(worker.connect(world.database.database.system("soak")), {
    enqueue: async (runs) => {
      if (world.random() < 0.05) throw new Error("The queue is down");
      world.queue.push(runs.map(({ delayMs: _, ...run }) => run));
    },
  }).catch(() => {
    report.troubles["ticks that failed"] = (report.troubles["ticks that failed"] ?? 0) + 1;
  });
}

/** Leases end and waits are over, for this share of them; rows that somebody has in hand are left alone. */
async function letTimePass({ database: { owner } }: SoakWorld, share: number): Promise<void> {
  const some = (what: string) =>
    `(company_id, id) in (select company_id, id from heartbeat_runs where ${what} and random() < ${share} for update skip locked)`;
  await owner.query(
    `update heartbeat_runs set lease_expires_at = now() - interval '1 second' where ${some("status = 'running'")}`,
  );
  await owner.query(
    `update heartbeat_runs set available_at = now() where ${some("status = 'queued' and available_at > now()")}`,
  );
}

const maxRounds = 120;

/** Without faults, until nothing is open any more. @returns how many rounds that took */
export async function drain(world: SoakWorld, report: LoadReport): Promise<number> {
  for (let round = 1; round <= maxRounds; round++) {
    while (world.queue.pending() + world.agents.atWork() > 0) await sleep(5);
    const { rows } = await world.database.owner.query<{ open: number }>(
      "select count(*)::int as open from heartbeat_runs where status in ('queued', 'running')",
    );
    if (rows[0]?.open === 0) return round;
    // Those that never answer would go on so for ever.
    if (round > maxRounds / 4) world.agents.behave();
    await passTime(world, report, 1);
  }
  return maxRounds;
}

export async function countRuns({ database }: Pick<SoakWorld, "database">): Promise<number> {
  const { rows } = await database.owner.query<{ runs: number }>("select count(*)::int as runs from heartbeat_runs");
  return rows[0]?.runs ?? 0;
}
