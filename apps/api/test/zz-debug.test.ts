import { devNull } from "node:os";
import { type AgentBehaviour, behaviours, useOwnBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
const boardroom = useOwnBoardroom({ logFile: "/tmp/stab/worker.log" });
const queue = () => boardroom.services.queue;
const acknowledged = () => queue().deliveries().filter(({ status }) => status === 200).length;
function reluctant(then: AgentBehaviour) {
  const { promise: allowed, resolve: allow } = Promise.withResolvers<void>();
  const behaviour: AgentBehaviour = async (webhook, response) => { await allowed; await then(webhook, response); };
  return { behaviour, allow };
}
for (let n = 0; n < 25; n++)
it(`round ${n}`, async () => {
  const company = await boardroom.newCompany();
  const agent = reluctant(behaviours.finish());
  const { agent: hired, server } = await boardroom.hireHttpAgent(company, { behaviour: agent.behaviour, runtimeConfig: { heartbeat: { maxConcurrentRuns: 1 } } });
  await boardroom.ownerQuery(
    `with wake as (
       insert into wakes (company_id, agent_id, source, reason, task_key, run_id)
       select $1, agent::uuid, 'on_demand', 'on_demand', 'task-' || n, uuidv7()
       from unnest($2::text[]) agent, generate_series(1, 1) n returning *)
     insert into heartbeat_runs (company_id, id, agent_id, wake_id, invocation_source)
     select company_id, run_id, agent_id, id, source from wake`, [company.cid, [hired.id]]);
  const before = acknowledged();
  await boardroom.runScheduled();
  const { runId } = await server.webhook();
  await expect.poll(acknowledged, { timeout: 5000 }).toBe(before + 1);
  await boardroom.killWorker();
  agent.allow();
  server.behave(behaviours.finish());
  await boardroom.restartWorker();
  const t0 = Date.now();
  await boardroom.expireLease(runId);
  await boardroom.runScheduled();
  const t1 = Date.now();
  const st = async () => (await boardroom.ownerQuery<{ status: string }>("select status from heartbeat_runs where company_id=$1", [company.cid]))[0]?.status;
  try {
    await expect.poll(st, { timeout: 10_000 }).toEqual("succeeded");
    console.log(n, "took", t1 - t0, Date.now() - t1);
  } catch (e) {
    console.log(n, "FAILED", JSON.stringify(await boardroom.ownerQuery("select kind, message, created_at from run_events where company_id=$1 order by id", [company.cid])),
      JSON.stringify(await boardroom.ownerQuery("select status, attempt, error, available_at, wait_reason, now() from heartbeat_runs where company_id=$1", [company.cid])),
      JSON.stringify(queue().deliveries().slice(-6)), queue().waiting(), new Date(t1).toISOString());
    throw e;
  }
});
