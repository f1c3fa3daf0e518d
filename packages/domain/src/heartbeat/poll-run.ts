import { BoardroomError } from "@boardroom/contract";
import { type Row, schema } from "@boardroom/db";
import { sql } from "drizzle-orm";
import type { Ctx, RunActor } from "../context.ts";
import type { Invocation } from "../ports.ts";
import { hideValues } from "../secrets/hide-values.ts";
import { resolveConfig } from "../secrets/resolve-config.ts";
import { finishRun } from "./finish-run.ts";
import { outcomeResult } from "./outcome-result.ts";
import { renewRun } from "./renew-run.ts";
import { webhookSecretContext } from "./webhook-secret-context.ts";

interface Extras {
  agentName: string;
  adapterType: string;
  adapterConfig: Record<string, unknown>;
  sealedSecrets: string[];
}
type PolledRun = Row<typeof schema.heartbeatRuns, Extras> & { fence: number };

/**
 * Asks an agent how a run does that it has accepted, and renews or ends the run by its answer.
 * @returns whether there was an answer
 */
export async function pollRun(ctx: Ctx, runId: string): Promise<boolean> {
  const run = await findRun(ctx, runId);
  if (!run) return false;
  const asked = { agentId: run.agentId, runId, purpose: "poll" } as const;
  const { config, values } = await resolveConfig(ctx, run.adapterConfig, asked);
  const invocation = await buildInvocation(ctx, { ...run, adapterConfig: config });
  const outcome = hideValues(await ctx.ports.invoke(invocation), values);
  if (outcome.kind === "failed" && outcome.retryable) return false;
  try {
    if (outcome.kind === "accepted") await goOn(ctx, run, invocation);
    else
      await finishRun(ctx, {
        runId,
        fence: run.fence,
        result: outcomeResult(outcome),
        endpointGone: outcome.kind === "gone",
      });
  } catch (error) {
    // It ended in the meantime.
    if (!(error instanceof BoardroomError && error.code === "lease_lost")) throw error;
  }
  return true;
}

async function findRun(ctx: Ctx, runId: string): Promise<PolledRun | null> {
  const { companyId } = ctx.db;
  const [run] = await ctx.db.rows<typeof schema.heartbeatRuns, Extras>(
    schema.heartbeatRuns,
    sql`select r.*, a.name as agent_name, a.adapter_type, a.adapter_config,
        array(select s.sealed from agent_webhook_secrets s where s.company_id = a.company_id and s.agent_id = a.id
          and (s.valid_until is null or s.valid_until > now()) order by s.valid_until desc nulls first) as sealed_secrets
      from heartbeat_runs r join agents a on a.company_id = r.company_id and a.id = r.agent_id
      where r.company_id = ${companyId}::uuid and r.id = ${runId}::uuid and r.status = 'running'
        and r.external_run_id is not null and r.lease_expires_at > now()`,
  );
  return run && run.fence !== null ? { ...run, fence: run.fence } : null;
}

async function buildInvocation(ctx: Ctx, run: PolledRun): Promise<Invocation> {
  const { companyId } = ctx.db;
  const context = webhookSecretContext(companyId);
  const { id: runId, agentId, fence } = run;
  return {
    adapterType: run.adapterType,
    config: run.adapterConfig,
    secrets: await Promise.all(run.sealedSecrets.map((sealed) => ctx.ports.secrets.open(sealed, context))),
    runId,
    traceparent: `00-${runId.replaceAll("-", "")}-${fence.toString(16).padStart(16, "0")}-01`,
    externalRunId: run.externalRunId,
    payload: { type: "heartbeat.poll", data: { agentId, companyId, runId, fence } },
  };
}

/** Renews in the agent's place, and passes on to it when it is to stop. */
async function goOn(ctx: Ctx, run: PolledRun, invocation: Invocation): Promise<void> {
  const { id: runId, agentId, agentName: name, fence } = run;
  const actor: RunActor = { kind: "run", type: "agent", id: agentId, name, agentId, runId, fence };
  const { action, reason } = await renewRun({ ...ctx, actor }, { id: runId });
  if (action !== "cancel") return;
  const data = { agentId, companyId: ctx.db.companyId, runId, reason, fence };
  const timestamp = new Date().toISOString();
  await ctx.ports.invoke({ ...invocation, payload: { type: "heartbeat.cancel", timestamp, data } });
}
