import { BoardroomError } from "@boardroom/contract";
import { systemActor } from "../src/context.ts";
import type { ClaimedRun } from "../src/heartbeat/claim-run.ts";
import { claimRun } from "../src/heartbeat/claim-run.ts";
import { invokeHeartbeat } from "../src/heartbeat/invoke-heartbeat.ts";
import type { DomainDatabase, Tenant, TestCtx } from "./domain-database.ts";
import { addAgent, type TestAgent, type TestRun } from "./working-agents.ts";

/** Boardroom itself inside the tenant. */
export const asSystem = (tenant: Tenant): TestCtx => ({ ...tenant.board, actor: systemActor });

/** Puts an agent with these heartbeat settings into a company. */
export async function addHeartbeatAgent(
  domain: DomainDatabase,
  tenant: Tenant,
  heartbeat: Record<string, unknown> = {},
): Promise<TestAgent> {
  const agent = await addAgent(domain.owner, tenant.companyId);
  await domain.owner.query(
    "update agents set runtime_config = jsonb_build_object('heartbeat', $2::jsonb) where id = $1",
    [agent.id, JSON.stringify({ maxConcurrentRuns: 1, ...heartbeat })],
  );
  return agent;
}

let issueNumber = 0;

/** Puts an issue on an agent's desk, past the rules and without a wake. */
export async function addIssue(domain: DomainDatabase, tenant: Tenant, agent: TestAgent | null): Promise<string> {
  issueNumber += 1;
  const { rows } = await domain.owner.query<{ id: string }>(
    `insert into issues (company_id, identifier, issue_number, title, assignee_agent_id) values ($1, 'T-' || $2::int, $2::int, 'Work', $3) returning id`,
    [tenant.companyId, issueNumber, agent?.id ?? null],
  );
  return String(rows[0]?.id);
}

/** Wakes an agent as the board does. @returns the id of the queued run */
export async function wakeByBoard(tenant: Tenant, agent: TestAgent, issueId: string | null = null): Promise<string> {
  const { run } = await invokeHeartbeat(tenant.board, { id: agent.id, issueId });
  return String(run?.id);
}

/** Claims a run as the delivery does. */
export const claim = (tenant: Tenant, runId: string): Promise<ClaimedRun | null> => claimRun(asSystem(tenant), runId);

/** @throws Error when the claim had another verdict */
export async function claimed(tenant: Tenant, runId: string): Promise<TestRun> {
  const run = await claim(tenant, runId);
  if (run?.verdict !== "claimed") throw new Error(`The claim's verdict is ${run?.verdict}.`);
  return { id: runId, fence: Number(run.fence) };
}

/** A running run of an agent. */
export const startRun = async (tenant: Tenant, agent: TestAgent, issueId: string | null = null): Promise<TestRun> =>
  claimed(tenant, await wakeByBoard(tenant, agent, issueId));

/** What a call was refused with, or `none`. */
export const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => "none",
    (error: unknown) => (error instanceof BoardroomError ? error.code : String(error)),
  );

/** Moves a run's times as if so many seconds had passed since they were set. */
export const letTimePass = (domain: DomainDatabase, runId: string, seconds: number): Promise<unknown> =>
  domain.owner.query(
    `update heartbeat_runs set lease_expires_at = lease_expires_at - make_interval(secs => $2), deadline_at = deadline_at - make_interval(secs => $2),
       available_at = available_at - make_interval(secs => $2), cancel_requested_at = cancel_requested_at - make_interval(secs => $2) where id = $1`,
    [runId, seconds],
  );
