import { describe, expect, it } from "vitest";
import { type Tenant, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent } from "../../test/working-agents.ts";
import { systemActor } from "../context.ts";
import { claimRun } from "./claim-run.ts";
import { finishRun } from "./finish-run.ts";
import { maxHops } from "./limits.ts";
import { recoverStranded } from "./recover-stranded.ts";

const domain = useDomainDatabase();
const recover = () => recoverStranded(domain.database.system("test"), 500);

let numbered = 0;
/** Work in progress that nobody holds, untouched for some minutes. */
async function strand(tenant: Tenant, agent: TestAgent, minutes = 2.5): Promise<string> {
  const { rows } = await domain.owner.query<{ id: string }>(
    `insert into issues (company_id, identifier, issue_number, title, status, assignee_agent_id, updated_at)
     values ($1, $2, $3, 'Left', 'in_progress', $4, now() - make_interval(secs => $5::float8 * 60)) returning id`,
    [tenant.companyId, `S-${++numbered}`, numbered, agent.id, minutes],
  );
  return String(rows[0]?.id);
}

const touched = (issueId: string, minutes: number) =>
  domain.owner.query("update issues set updated_at = now() - make_interval(secs => $2::float8 * 60) where id = $1", [
    issueId,
    minutes,
  ]);

const wakesOf = async (issueId: string) =>
  (
    await domain.owner.query("select * from wakes where issue_id = $1 and reason = 'issue_stranded' order by id", [
      issueId,
    ])
  ).rows;

async function newWorker(fields: Parameters<typeof addAgent>[2] = {}) {
  const tenant = await domain.newTenant();
  return { tenant, agent: await addAgent(domain.owner, tenant.companyId, fields) };
}

/** Claims the run of a wake and ends it well, with nothing done. */
async function runToEnd(tenant: Tenant, runId: string, issueId: string): Promise<void> {
  const ctx = { ...tenant.board, actor: systemActor };
  await domain.owner.query("update heartbeat_runs set available_at = now() where id = $1", [runId]);
  await domain.owner.query("update agent_task_sessions set quiet_until = null where company_id = $1", [
    tenant.companyId,
  ]);
  const claimed = await claimRun(ctx, runId);
  expect(claimed?.verdict).toBe("claimed");
  await finishRun(ctx, { runId, fence: Number(claimed?.fence), result: { status: "succeeded" } });
  await touched(issueId, 2.5);
}

describe("stranded work", () => {
  it("wakes its assignee once, about that task, as what followed from the task's last run", async () => {
    const { tenant, agent } = await newWorker();
    const issueId = await strand(tenant, agent);
    const last = await addRun(domain.owner, tenant.companyId, agent, {
      status: "succeeded",
      issueId,
      taskKey: issueId,
    });
    await domain.owner.query("update wakes set status = 'done', hop = 3 where company_id = $1", [tenant.companyId]);
    expect(await recover()).toBe(1);
    expect(await wakesOf(issueId)).toMatchObject([
      {
        source: "automation",
        status: "open",
        task_key: issueId,
        idempotency_key: `stranded:${issueId}:${last.id}`,
        parent_run_id: last.id,
        hop: 4,
      },
    ]);
    const { rows } = await domain.owner.query(
      "select id, status, issue_id from heartbeat_runs where company_id = $1 and status = 'queued'",
      [tenant.companyId],
    );
    expect(rows).toMatchObject([{ issue_id: issueId }]);
    expect(await recover()).toBe(0);
    // Not even when the wake came to nothing, as long as there was no other run.
    await domain.owner.query("update heartbeat_runs set status = 'cancelled', finished_at = now() where id = $1", [
      rows[0]?.id,
    ]);
    await domain.owner.query("delete from heartbeat_runs where id = $1", [rows[0]?.id]);
    await domain.owner.query("update wakes set status = 'skipped' where issue_id = $1 and status = 'open'", [issueId]);
    expect(await recover()).toBe(0);
  });

  it("is woken for once also by two ticks at once", async () => {
    const { tenant, agent } = await newWorker();
    const issueIds = await Promise.all(Array.from({ length: 20 }, () => strand(tenant, agent)));
    const stored = await Promise.all([recover(), recover(), recover()]);
    expect(stored.reduce((sum, each) => sum + each)).toBe(20);
    for (const issueId of issueIds) expect(await wakesOf(issueId)).toHaveLength(1);
  });

  it("ends at the hop limit, with a wake that says so, and is left alone from then on", async () => {
    const { tenant, agent } = await newWorker();
    const issueId = await strand(tenant, agent);
    for (let hop = 1; hop <= maxHops; hop++) {
      expect(await recover()).toBe(1);
      const wake = (await wakesOf(issueId)).at(-1);
      expect(wake).toMatchObject({ hop, status: "open" });
      await runToEnd(tenant, wake.run_id, issueId);
    }
    expect(await recover()).toBe(1);
    expect((await wakesOf(issueId)).at(-1)).toMatchObject({
      hop: maxHops + 1,
      status: "skipped",
      skip_reason: "hop_limit",
      run_id: null,
    });
    expect(await recover()).toBe(0);
    const { rows } = await domain.owner.query(
      "select details from activity_log where company_id = $1 and action = 'wake.skipped'",
      [tenant.companyId],
    );
    expect(rows).toMatchObject([{ details: { reason: "hop_limit", cause: "issue_stranded", issueId } }]);
  });

  it("is looked at again when it is older, and not all the time", async () => {
    const { tenant, agent } = await newWorker();
    const looks: number[] = [];
    for (const minutes of [1.9, 2.1, 6, 7.5, 8.5, 12, 16.5, 33, 50, 64.5, 8200]) {
      const issueId = await strand(tenant, agent, minutes);
      if ((await recover()) > 0) looks.push(minutes);
      await domain.owner.query("update issues set status = 'done' where id = $1", [issueId]);
    }
    expect(looks).toEqual([2.1, 6, 8.5, 16.5, 33, 64.5]);
  });

  it.each<[string, (tenant: Tenant, agent: TestAgent, issueId: string) => Promise<unknown>]>([
    ["was touched a minute ago", (_tenant, _agent, issueId) => touched(issueId, 1)],
    [
      "is held by a run",
      async (tenant, agent, issueId) => {
        const run = await addRun(domain.owner, tenant.companyId, agent, { issueId });
        await domain.owner.query("update issues set checkout_run_id = $2, execution_run_id = $2 where id = $1", [
          issueId,
          run.id,
        ]);
      },
    ],
    [
      "has a run",
      (tenant, agent, issueId) => addRun(domain.owner, tenant.companyId, agent, { issueId, taskKey: issueId }),
    ],
    [
      "has a queued run",
      (tenant, agent, issueId) =>
        addRun(domain.owner, tenant.companyId, agent, { status: "queued", issueId, taskKey: issueId }),
    ],
    [
      "has a timer to come",
      (tenant, agent) =>
        domain.owner.query("insert into agent_schedules values ($1, $2, 3600, now() + interval '1 hour', true)", [
          tenant.companyId,
          agent.id,
        ]),
    ],
    [
      "has a paused assignee",
      (_tenant, agent) => domain.owner.query("update agents set status = 'paused' where id = $1", [agent.id]),
    ],
    [
      "has an assignee in error",
      (_tenant, agent) => domain.owner.query("update agents set status = 'error' where id = $1", [agent.id]),
    ],
    [
      "belongs to a paused company",
      (tenant) => domain.owner.query("update companies set status = 'paused' where id = $1", [tenant.companyId]),
    ],
    [
      "is blocked",
      (_tenant, _agent, issueId) => domain.owner.query("update issues set status = 'blocked' where id = $1", [issueId]),
    ],
  ])("is not what %s", async (_what, arrange) => {
    const { tenant, agent } = await newWorker();
    const issueId = await strand(tenant, agent);
    await arrange(tenant, agent, issueId);
    expect(await recover()).toBe(0);
    expect(await wakesOf(issueId)).toEqual([]);
  });

  it("of an agent that only wakes by itself stays, and a skipped wake says why", async () => {
    const { tenant, agent } = await newWorker();
    await domain.owner.query(
      'update agents set runtime_config = \'{"heartbeat":{"wakeOnDemand":false}}\' where id = $1',
      [agent.id],
    );
    const issueId = await strand(tenant, agent);
    expect(await recover()).toBe(1);
    expect(await wakesOf(issueId)).toMatchObject([
      { status: "skipped", skip_reason: "wake_on_demand_off", run_id: null },
    ]);
    expect(await recover()).toBe(0);
  });
});
