import { checkConfig, invokeAgent, readTranscript, testEdgeEnvironment } from "@boardroom/adapters";
import {
  archiveRunLog,
  type Ctx,
  createRunSecretCache,
  type DispatchedRun,
  deliverRun,
  type Ports,
  removeObject,
  systemActor,
} from "@boardroom/domain";
import { createAuditSigner } from "./audit/audit-signer.ts";
import { createDispatch } from "./create-dispatch.ts";
import type { ApiEnv } from "./env.ts";
import { createEventWebhooks } from "./event-webhooks/create-event-webhooks.ts";
import { describe } from "./map-error.ts";
import { createNotifier } from "./notifications/create-notifier.ts";
import { createDecisionsPort } from "./notifications/decisions-port.ts";
import { createReceiptSigner } from "./receipts/receipt-signer.ts";
import type { RunnerTokens } from "./runners/runner-tokens.ts";
import { createRunnerTrust } from "./runners/runner-trust.ts";
import { createSecrets } from "./secrets.ts";
import { createTokens, type Tokens } from "./tokens.ts";

/** The domain's ports, and what only the door asks of them: verifying tokens. */
export type ApiPorts = Ports & { tokens: Tokens; runnerTrust: RunnerTokens };

/** Wires what the domain asks of the outside. The scheduler uses the same ones. */
export function createPorts(env: ApiEnv): ApiPorts {
  const afterwards = (task: () => Promise<unknown>) =>
    env.waitUntil(task().catch((error: unknown) => report(env, error)));
  const policy = { allowLocal: env.allowLocalTargets };
  const ports: ApiPorts = {
    tokens: createTokens(env.jwtSecret),
    secrets: createSecrets(env.masterKey),
    auditSigner: createAuditSigner(env.signingKey),
    runSecrets: createRunSecretCache(),
    runnerTrust: createRunnerTrust(env),
    receiptSigner: createReceiptSigner(env.signingKey),
    notifier: createNotifier(env),
    eventWebhooks: createEventWebhooks({ env, afterwards }),
    decisions: createDecisionsPort({
      env,
      afterwards,
      contextFor: (companyId, tag) => createSystemCtx(env, ports, companyId, tag),
    }),
    runnerHub: env.runnerHub,
    ownSkills: env.ownSkills,
    publicUrl: env.publicUrl,
    allowLocalTargets: env.allowLocalTargets,
    checkConfig: (type, config) => checkConfig(type, config, policy),
    testEdgeEnvironment: (type, config) => testEdgeEnvironment(type, config, policy),
    invoke: (invocation) => invokeAgent(invocation, policy),
    objects: env.objects,
    removeObject: (companyId, id) =>
      afterwards(() => removeObject(createSystemCtx(env, ports, companyId, "attachments.remove"), id)),
    tellLogViewers: (companyId, runId) => pokeViewers(env, companyId, runId),
    archiveLog: (companyId, runId) =>
      afterwards(() => archiveRunLog(createSystemCtx(env, ports, companyId, "run.archive"), runId)),
    readTranscript,
    enqueue: env.enqueue,
    afterwards,
    dispatch: (runs) => portsOfInvocation(env, ports).dispatch(runs),
  };
  return ports;
}

/** The ports for one call of this Worker, which may start only so many runs itself, over all that the call brings about. */
export function portsOfInvocation<P extends Ports>(env: ApiEnv, ports: P): P {
  const own: P = {
    ...ports,
    dispatch: createDispatch({
      afterwards: ports.afterwards,
      enqueue: ports.enqueue,
      deliver: (run) => deliver(env, own, run),
    }),
  };
  return own;
}

/** Claims a run and calls its agent; safe to call any number of times. */
function deliver(env: ApiEnv, ports: Ports, { companyId, runId }: DispatchedRun): Promise<string> {
  return deliverRun(createSystemCtx(env, ports, companyId, "run.deliver"), runId);
}

/** Boardroom itself inside one company: what queue and scheduler act as. */
export function createSystemCtx(env: ApiEnv, ports: Ports, companyId: string, tag: string): Ctx {
  return {
    db: env.database.tenant(companyId, tag),
    actor: systemActor,
    idempotency: null,
    ports,
    requestId: crypto.randomUUID(),
    committed: () => pokeViewers(env, companyId),
  };
}

/** Tells a company's viewers that there is something to read; of a run, those who watch its log. */
export function pokeViewers(env: ApiEnv, companyId: string, runId?: string): void {
  env.waitUntil(env.hub.poke(companyId, runId).catch((error: unknown) => report(env, error)));
}

function report(env: ApiEnv, error: unknown): void {
  env.log({ level: "error", message: "background work failed", error: describe(error) });
}
