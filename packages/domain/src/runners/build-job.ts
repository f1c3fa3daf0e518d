import type { RunJob } from "@boardroom/contract";
import type { Ctx } from "../context.ts";
import type { ClaimedRun } from "../heartbeat/claim-run.ts";
import { finishRun } from "../heartbeat/finish-run.ts";
import { splitEnvironment } from "../secrets/fill-references.ts";
import { openSecrets } from "../secrets/open-secrets.ts";
import { refusedSecret } from "../secrets/refused-secret.ts";
import { jobSkills } from "../skills/skills-of.ts";

/**
 * A claimed run, whole: all that a runner needs to do it. Null for one that wasn't claimed, or that can't be given a secret that
 * it needs: that one has failed then.
 */
export async function buildJob(ctx: Ctx, run: ClaimedRun): Promise<RunJob | null> {
  const { fence, leaseExpiresAt, deadlineAt } = run;
  if (run.verdict !== "claimed" || fence === null || leaseExpiresAt === null || deadlineAt === null) return null;
  const refusal = refusedSecret(run.secrets ?? []);
  if (refusal !== null) {
    const result = { status: "failed", error: refusal, errorCode: "secret_unavailable" } as const;
    await finishRun(ctx, { runId: run.id, fence, result });
    return null;
  }
  const values = await openSecrets(ctx, run.secrets ?? []);
  const { config, secrets } = splitEnvironment(run.adapterConfig, run.environment ?? {}, values);
  const { companyId } = ctx.db;
  const { agentId, agentName } = run;
  const claims = {
    companyId,
    agentId,
    agentName,
    runId: run.id,
    fence,
    expiresAt: leaseExpiresAt,
    hasSecrets: run.secrets !== null,
  };
  const runToken = await ctx.ports.tokens.mintRunToken(claims);
  return {
    kind: "run",
    apiUrl: ctx.ports.publicUrl,
    company: { id: companyId, name: run.companyName },
    agent: { id: agentId, name: agentName, urlKey: run.agentUrlKey, role: run.agentRole, title: run.agentTitle },
    run: {
      id: run.id,
      fence,
      attempt: run.attempt,
      leaseExpiresAt,
      leaseSeconds: run.leaseSeconds,
      deadlineAt,
      wakeSource: run.wakeSource,
      wakeReason: run.wakeReason,
    },
    task: taskOf(run),
    context: { triggerDetail: run.triggerDetail, ...run.wakePayload, ...run.fatContext },
    session: run.sessionIdBefore === null ? null : { id: run.sessionIdBefore, params: run.sessionParams ?? {} },
    adapter: { type: run.adapterType, config },
    workspace: run.workspace,
    runToken,
    secrets,
    skills: jobSkills(ctx.ports, run.skills ?? []),
    ...(run.instructions && { instructions: run.instructions }),
  };
}

const taskOf = ({ issueId, issueIdentifier, issueTitle }: ClaimedRun): RunJob["task"] =>
  issueId === null || issueIdentifier === null
    ? null
    : { id: issueId, identifier: issueIdentifier, title: issueTitle ?? "" };
