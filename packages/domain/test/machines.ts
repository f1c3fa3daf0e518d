import type { RunJob, SignedJobClaims } from "@boardroom/contract";
import type { DeviceCtx } from "../src/context.ts";
import { claimJob } from "../src/runners/claim-job.ts";
import { createRunnerCode } from "../src/runners/create-runner-code.ts";
import { registerRunner } from "../src/runners/register-runner.ts";
import type { DomainDatabase, Tenant, TestCtx } from "./domain-database.ts";
import { addHeartbeatAgent, asSystem } from "./heartbeat-steps.ts";
import type { TestAgent } from "./working-agents.ts";

export interface MachineOptions {
  name?: string;
  labels?: string[];
  agentIds?: string[] | null;
  adapters?: string[];
  slots?: number;
}

export interface Machine {
  id: string;
  name: string;
  ctx: TestCtx;
  /** Claims the next job; null when there is none. */
  claim(): Promise<SignedJobClaims | null>;
  /** Claims a run. @throws Error when there is none */
  claimRun(): Promise<RunJob>;
}

export const machineSelf = ({ name = "laptop", adapters = ["claude_local"], slots = 5 }: MachineOptions = {}) => ({
  host: { hostname: name, platform: "linux", arch: "x64", nodeVersion: "v24.0.0", runnerVersion: "0.1.0" },
  adapters: adapters.map((type) => ({
    type,
    version: "1.0",
    label: null,
    isExternal: false,
    configSchema: null,
    models: [],
  })),
  slots,
});

/** A device that nobody knows yet. */
export const asDevice = (domain: DomainDatabase, tenant: Tenant): DeviceCtx => ({
  system: domain.database.system("test"),
  ports: tenant.board.ports,
  enter: () => asSystem(tenant),
});

/** Connects a machine to a company, by a code and its registration. */
export async function addMachine(
  domain: DomainDatabase,
  tenant: Tenant,
  options: MachineOptions = {},
): Promise<Machine> {
  const { name = "Laptop", labels = [], agentIds = null } = options;
  const { code } = await createRunnerCode(tenant.board, { name, labels, agentIds });
  const { runnerId } = await registerRunner(asDevice(domain, tenant), {
    code: code ?? "",
    publicKey: "x".repeat(43),
    ...machineSelf(options),
  });
  const ctx: TestCtx = {
    ...tenant.board,
    actor: { kind: "runner", type: "runner", id: runnerId, name, agentId: null, runId: null },
  };
  const claim = async () => {
    const { job } = await claimJob(ctx, { freeSlots: 1 });
    // The tests' trust port signs nothing: a job is its JSON.
    const claims: SignedJobClaims | null = job === null ? null : JSON.parse(job);
    return claims;
  };
  return {
    id: runnerId,
    name,
    ctx,
    claim,
    async claimRun() {
      const claims = await claim();
      if (claims?.job.kind !== "run") throw new Error("There is no run to claim.");
      return claims.job;
    },
  };
}

/** Puts an agent into a company that only a machine can start. */
export async function addLocalAgent(
  domain: DomainDatabase,
  tenant: Tenant,
  { runner = {}, adapterType = "claude_local", heartbeat = {} }: LocalAgentOptions = {},
): Promise<TestAgent> {
  const agent = await addHeartbeatAgent(domain, tenant, heartbeat);
  await domain.owner.query(
    `update agents set adapter_type = $2, adapter_config = '{"command":"claude"}',
       runtime_config = runtime_config || jsonb_build_object('runner', $3::jsonb) where id = $1`,
    [agent.id, adapterType, JSON.stringify(runner)],
  );
  return agent;
}

export interface LocalAgentOptions {
  adapterType?: string;
  runner?: { runnerId?: string; labels?: string[] };
  heartbeat?: Record<string, unknown>;
}
