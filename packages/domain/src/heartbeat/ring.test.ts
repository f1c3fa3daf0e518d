import { describe, expect, it } from "vitest";
import { auditKernel } from "../../test/audit-kernel.ts";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, type TestAgent } from "../../test/working-agents.ts";
import { systemActor } from "../context.ts";
import { addComment, createIssue } from "../issues/index.ts";
import { deliverRun } from "./deliver-run.ts";
import { explainWakes } from "./explain-wakes.ts";
import { invokeHeartbeat } from "./invoke-heartbeat.ts";
import { maxHops } from "./limits.ts";
import { requestWakeup } from "./request-wakeup.ts";

const domain = useDomainDatabase();
const ringSize = 10;
/** More runs than a ring may ever make. */
const patience = 60;

type Pass = (ctx: TestCtx, next: TestAgent, issueId: string) => Promise<unknown>;

/** How an agent hands on to the next one from within its run. */
const passes: Record<string, Pass> = {
  "wake each other": (ctx, next) => requestWakeup(ctx, { id: next.id, source: "automation", reason: "your turn" }),
  "mention each other": (ctx, next, issueId) =>
    addComment(ctx, { id: issueId, body: `[@${next.name}](agent://${next.id}) please look` }),
};

async function openRing(tenant: Tenant, pass: Pass): Promise<TestAgent[]> {
  const ring: TestAgent[] = [];
  for (let index = 0; index < ringSize; index++) ring.push(await addAgent(domain.owner, tenant.companyId));
  const { id: issueId } = await createIssue(tenant.board, { title: "A circle" });
  tenant.ports.answer = async ({ payload }) => {
    if (payload.type !== "heartbeat.invoke") return { kind: "accepted", httpStatus: 202 };
    const { agentId, runId, fence } = payload.data;
    const index = ring.findIndex(({ id }) => id === agentId);
    const [agent, next] = [ring[index], ring[(index + 1) % ringSize]];
    if (!agent || !next) throw new Error("Somebody outside of the ring was called");
    await pass(tenant.asRun(agent, { id: runId, fence }), next, issueId);
    return { kind: "finished", httpStatus: 200, result: { status: "succeeded" } };
  };
  return ring;
}

/** Delivers what is dispatched, and lets time pass where all wait, until nothing is open. @returns the verdicts in order */
async function runUntilRest(tenant: Tenant): Promise<string[]> {
  const system: TestCtx = { ...tenant.board, actor: systemActor };
  const verdicts: string[] = [];
  while (verdicts.length < patience) {
    const next = tenant.ports.dispatched.shift();
    if (next) {
      verdicts.push(await deliverRun(system, next.runId));
      continue;
    }
    const { rows } = await domain.owner.query<{ id: string }>(
      "update heartbeat_runs set available_at = now() where company_id = $1 and status = 'queued' returning id",
      [tenant.companyId],
    );
    if (rows.length === 0) return verdicts;
    await domain.owner.query("update agent_task_sessions set quiet_until = null where company_id = $1", [
      tenant.companyId,
    ]);
    tenant.ports.dispatched.push(...rows.map(({ id }) => ({ companyId: tenant.companyId, runId: id })));
  }
  throw new Error(`The ring goes on: ${verdicts.join(", ")}`);
}

describe(`${ringSize} agents in a ring`, () => {
  it.each(Object.entries(passes))("that %s stop within the hop limit and say why", async (name, pass) => {
    const tenant = await domain.newTenant();
    const ring = await openRing(tenant, pass);
    const [first] = ring;
    if (!first) throw new Error("The ring is empty");
    await invokeHeartbeat(tenant.board, { id: first.id });
    const verdicts = await runUntilRest(tenant);
    const ran = verdicts.filter((verdict) => verdict === "claimed");
    expect(ran).toHaveLength(maxHops + 1);

    const cutOff = ring[(maxHops + 1) % ringSize];
    const { items } = await explainWakes(tenant.board, { id: cutOff?.id ?? "", limit: 1 });
    expect(items[0]).toMatchObject({
      status: "skipped",
      skipReason: "hop_limit",
      hop: maxHops + 1,
      causedBy: ring[maxHops % ringSize]?.name,
    });
    const { rows } = await domain.owner.query<{ hops: number[]; skipped: number }>(
      `select array_agg(hop order by hop) filter (where status = 'done') as hops, (count(*) filter (where status = 'skipped'))::int as skipped
       from wakes where company_id = $1`,
      [tenant.companyId],
    );
    expect(rows[0]).toEqual({ hops: Array.from({ length: maxHops + 1 }, (_, hop) => hop), skipped: 1 });
    expect(await auditKernel(domain.owner, { companyIds: [tenant.companyId], atRest: true })).toEqual([]);
    const waited = verdicts.filter((verdict) => verdict === "storm_breaker").length;
    process.stdout.write(
      `A ring of ${ringSize} that ${name}: ${ran.length} runs, ${waited} held up by the storm breaker, then hop_limit\n`,
    );
  });
});
