import type { AgentStatus } from "@boardroom/contract";
import { beforeAll, expect, it } from "vitest";
import { useDomainDatabase } from "../../test/domain-database.ts";
import { addHeartbeatAgent, addIssue, letTimePass, startRun } from "../../test/heartbeat-steps.ts";
import { getAgent, pauseAgent, resumeAgent } from "../agents/index.ts";
import { completeRun } from "./complete-run.ts";
import { reapRuns } from "./reap-runs.ts";

const domain = useDomainDatabase();
const gate = 7;

/** The reaper stops at the gate, while it is shut, after its look at the runs has begun and before it locks anything. */
beforeAll(async () => {
  await domain.owner.query(`
    create function boardroom_gate() returns boolean language plpgsql volatile as $$
    begin perform pg_advisory_xact_lock_shared(${gate}); return true; end $$`);
  await domain.owner.query("alter policy system_access on heartbeat_runs using (boardroom_gate())");
});

/** Lets something happen while the reaper is under way. */
async function reapAround(meanwhile: () => Promise<unknown>): Promise<void> {
  const client = await domain.owner.connect();
  try {
    await client.query(`select pg_advisory_lock(${gate})`);
    const reaping = reapRuns(domain.database.system("test"), 100);
    await expect
      .poll(async () => (await client.query("select 1 from pg_locks where locktype = 'advisory' and not granted")).rows)
      .toHaveLength(1);
    await meanwhile();
    await client.query(`select pg_advisory_unlock(${gate})`);
    expect(await reaping).toHaveLength(1);
  } finally {
    client.release();
  }
}

it("leaves an agent idle whose other run ends while its lost one is reaped", async () => {
  const tenant = await domain.newTenant();
  const ada = await addHeartbeatAgent(domain, tenant, { maxConcurrentRuns: 2 });
  const silent = await startRun(tenant, ada, await addIssue(domain, tenant, ada));
  const lively = await startRun(tenant, ada, await addIssue(domain, tenant, ada));
  await letTimePass(domain, silent.id, 200);
  await reapAround(() => completeRun(tenant.asRun(ada, lively), { id: lively.id, status: "succeeded" }));
  expect((await getAgent(tenant.board, { id: ada.id })).status).toBe("idle" satisfies AgentStatus);
});

it("leaves an agent idle that is resumed while its last run is reaped", async () => {
  const tenant = await domain.newTenant();
  const ada = await addHeartbeatAgent(domain, tenant);
  const silent = await startRun(tenant, ada, await addIssue(domain, tenant, ada));
  await pauseAgent(tenant.board, { id: ada.id });
  await letTimePass(domain, silent.id, 200);
  await reapAround(() => resumeAgent(tenant.board, { id: ada.id }));
  expect((await getAgent(tenant.board, { id: ada.id })).status).toBe("idle" satisfies AgentStatus);
});
