import type { Ctx } from "../context.ts";
import type { HeartbeatPayload, InvocationOutcome } from "../ports.ts";
import { fillReferences } from "../secrets/fill-references.ts";
import { hideValues } from "../secrets/hide-values.ts";
import { openSecrets, type SecretValues } from "../secrets/open-secrets.ts";
import { refusedSecret } from "../secrets/refused-secret.ts";
import { acknowledgeRun } from "./acknowledge-run.ts";
import { type ClaimedRun, claimRun } from "./claim-run.ts";
import { finishRun } from "./finish-run.ts";
import { redeliveryDelayMs } from "./limits.ts";
import { outcomeResult } from "./outcome-result.ts";
import { requeueRun } from "./requeue-run.ts";
import { webhookSecretContext } from "./webhook-secret-context.ts";

export interface Delivery {
  /** The claim's verdict, or `unknown` when there is no such run. */
  verdict: string;
  /** Calls the agent and keeps what came of it; null where nothing was claimed. Call it once. */
  callAgent: (() => Promise<void>) | null;
}

/**
 * Claims a queued run for its delivery. Once this resolves the run is safe: under a lease that brings it back should nobody
 * call the agent, so whoever asked for the delivery can be told so before the agent has answered.
 */
export async function startDelivery(ctx: Ctx, runId: string): Promise<Delivery> {
  const run = await claimRun(ctx, runId);
  ctx.ports.dispatch((run?.freedRunIds ?? []).map((id) => ({ companyId: ctx.db.companyId, runId: id })));
  // Awaited, so that a message of the queue which nobody could hand on comes again.
  if (run?.runnerIds) await ctx.ports.runnerHub.tell(ctx.db.companyId, run.runnerIds, { type: "work" });
  if (run?.verdict !== "claimed" || run.fence === null || run.leaseExpiresAt === null)
    return { verdict: run?.verdict ?? "unknown", callAgent: null };
  const claimed = { ...run, fence: run.fence, leaseExpiresAt: run.leaseExpiresAt };
  return { verdict: run.verdict, callAgent: () => callAgent(ctx, claimed) };
}

type Claimed = ClaimedRun & { fence: number; leaseExpiresAt: string };

async function callAgent(ctx: Ctx, run: Claimed): Promise<void> {
  const refusal = refusedSecret(run.secrets ?? []);
  if (refusal !== null) return settle(ctx, run, withoutSecret(refusal));
  const values = await openSecrets(ctx, run.secrets ?? []);
  const outcome = await invoke(ctx, run, values);
  await settle(ctx, run, hideValues(outcome, [...values.values()]));
}

/** A run that can't be given what it needs isn't tried again: somebody has to do something first. */
const withoutSecret = (message: string): InvocationOutcome => ({
  kind: "failed",
  retryable: false,
  errorCode: "secret_unavailable",
  message,
  retryAfterMs: null,
});

async function invoke(ctx: Ctx, run: Claimed, values: SecretValues): Promise<InvocationOutcome> {
  const context = webhookSecretContext(ctx.db.companyId);
  const secrets = await Promise.all(run.sealedSecrets.map((sealed) => ctx.ports.secrets.open(sealed, context)));
  return ctx.ports.invoke({
    adapterType: run.adapterType,
    config: fillReferences(run.adapterConfig, values),
    secrets,
    runId: run.id,
    traceparent: traceparentOf(run),
    payload: await buildPayload(ctx, run),
  });
}

async function buildPayload(ctx: Ctx, run: Claimed): Promise<HeartbeatPayload> {
  const { companyId } = ctx.db;
  const { agentId, agentName, fence, leaseExpiresAt, id: runId } = run;
  const context = {
    source: run.wakeSource,
    wakeReason: run.wakeReason,
    issueId: run.issueId,
    triggerDetail: run.triggerDetail,
    sessionId: run.sessionIdBefore,
    sessionParams: run.sessionParams,
    ...run.wakePayload,
    ...run.fatContext,
    ...toldOf(ctx, run),
  };
  const runToken = await ctx.ports.tokens.mintRunToken({
    companyId,
    agentId,
    agentName,
    runId,
    fence,
    expiresAt: leaseExpiresAt,
    hasSecrets: run.secrets !== null,
  });
  return {
    type: "heartbeat.invoke",
    timestamp: new Date().toISOString(),
    data: {
      agentId,
      companyId,
      runId,
      taskId: run.issueId,
      wakeReason: run.wakeReason,
      context,
      callbackUrl: `${ctx.ports.publicUrl}/api/heartbeat-runs/${runId}/complete`,
      apiUrl: ctx.ports.publicUrl,
      runToken,
      leaseExpiresAt,
      fence,
    },
    agentId,
    runId,
    context,
  };
}

/** What the agent is told about itself: with a fat context the files, else where they are. */
function toldOf(ctx: Ctx, { contextMode, instructions }: Claimed) {
  if (!instructions) return {};
  if (contextMode === "fat") return { instructions };
  return { instructionsUrl: `${ctx.ports.publicUrl}/api/agents/me/instructions-bundle` };
}

/** W3C trace context whose trace id is the run's id, so that every delivery of a run is one trace. */
const traceparentOf = (run: Claimed) =>
  `00-${run.id.replaceAll("-", "")}-${run.fence.toString(16).padStart(16, "0")}-01`;

async function settle(ctx: Ctx, run: Claimed, outcome: InvocationOutcome): Promise<void> {
  const { id: runId, fence } = run;
  if (outcome.kind === "accepted")
    return acknowledgeRun(ctx, { runId, fence, externalRunId: outcome.externalRunId ?? null });
  if (outcome.kind === "failed" && outcome.retryable) {
    const delayMs = redeliveryDelayMs(run.attempt, outcome.retryAfterMs, Math.random());
    if (delayMs !== null) {
      await requeueRun(ctx, { runId, fence, delayMs, error: outcome.message, errorCode: outcome.errorCode });
      return;
    }
  }
  await finishRun(ctx, { runId, fence, result: outcomeResult(outcome), endpointGone: outcome.kind === "gone" });
}
