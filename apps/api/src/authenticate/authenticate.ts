import { BoardroomError } from "@boardroom/contract";
import type { Connection } from "@boardroom/db";
import type { AgentActor, RunActor, RunnerActor, UserActor } from "@boardroom/domain";
import * as z from "zod";
import { notFound } from "../answer.ts";
import { type Credential, type CredentialSources, readCredential, unauthenticated } from "./credential.ts";
import { findAgentByKey } from "./find-agent.ts";
import { findPersonByKey, findPersonBySession, type Person } from "./find-person.ts";
import { requireBoardOrigin } from "./origin.ts";
import { type Demand, requireCaller, requireRole, requireScope, requireSession } from "./permission.ts";
import type { Target } from "./target.ts";

/** Who calls: inside a company, or a person outside of any. */
export type Identity =
  | { kind: "tenant"; companyId: string; actor: UserActor | AgentActor | RunActor | RunnerActor }
  | { kind: "person"; userId: string; name: string; key: { id: string; scopes: readonly string[] } | null };

export interface AuthenticationOptions extends CredentialSources {
  /** The system role's connection for a call. */
  system(tag: string): Connection;
  origins: readonly string[];
}

export interface Call extends Demand {
  request: Request;
  target: Target;
  /** A cookie needs the board's own origin: for writes, and for sockets, which no browser rule protects. */
  needsOrigin: boolean;
}

/**
 * Says who calls and in which company, and that they may. Tokens take no SQL request, everything else one.
 * @throws BoardroomError unauthenticated; bad_origin; not_found for what is not theirs; forbidden; run_mismatch
 */
export async function authenticate(options: AuthenticationOptions, call: Call): Promise<Identity> {
  const credential = await readCredential(call.request, options);
  const system = options.system(`auth:${call.operation}`);
  switch (credential.kind) {
    case "run":
      return identifyRun(call, credential);
    case "runner":
      return identifyRunner(call, credential);
    case "agentKey":
      return identifyAgent(call, credential, system);
    case "boardKey":
      return identifyPerson(call, await findPersonByKey(system, credential.hash, call.target));
    case "session":
      if (call.needsOrigin) requireBoardOrigin(call.request, options.origins);
      return identifyPerson(call, await findPersonBySession(system, credential.token, call.target));
  }
}

function identifyRun(call: Call, { claims }: Credential & { kind: "run" }): Identity {
  const { companyId, agentId, agentName, runId, fence, hasSecrets } = claims;
  const named = call.request.headers.get("x-paperclip-run-id");
  requireOwnCompany(call.target, companyId);
  requireCaller(call, "run");
  if (named !== null && named.toLowerCase() !== runId)
    throw runMismatch("X-Paperclip-Run-Id names another run than the token.");
  return {
    kind: "tenant",
    companyId,
    actor: {
      kind: "run",
      type: "agent",
      id: agentId,
      name: agentName,
      agentId,
      runId,
      fence,
      hasSecrets: hasSecrets ?? false,
    },
  };
}

/** Whether it was revoked since its token was made, the verb's statement looks. */
function identifyRunner(call: Call, { claims }: Credential & { kind: "runner" }): Identity {
  const { companyId, runnerId, name } = claims;
  requireOwnCompany(call.target, companyId);
  requireCaller(call, "runner");
  return {
    kind: "tenant",
    companyId,
    actor: { kind: "runner", type: "runner", id: runnerId, name, agentId: null, runId: null },
  };
}

async function identifyAgent(
  call: Call,
  credential: Credential & { kind: "agentKey" },
  system: Connection,
): Promise<Identity> {
  const named = call.request.headers.get("x-paperclip-run-id");
  const runId = z.uuid().safeParse(named).data ?? null;
  const agent = await findAgentByKey(system, credential.hash, runId);
  if (!agent) throw unauthenticated("This key is not valid, or no longer.");
  const { companyId, agentId, name, hasSecrets } = agent;
  requireOwnCompany(call.target, companyId);
  requireCaller(call, "agent");
  requireScope(call, agent.scopes);
  if (named !== null && agent.runId === null)
    throw runMismatch("X-Paperclip-Run-Id does not name a live run of this agent.");
  return {
    kind: "tenant",
    companyId,
    actor: { kind: "agent", type: "agent", id: agentId, name, agentId, runId: agent.runId, hasSecrets },
  };
}

function identifyPerson(call: Call, person: Person | null): Identity {
  if (!person) throw unauthenticated("Sign in again: this session or key is not valid, or no longer.");
  const { userId, name, keyId, scopes, membership } = person;
  if (call.target.by !== "actor" && !membership) throw notFound();
  requireCaller(call, "user");
  requireSession(call, keyId);
  requireScope(call, scopes);
  if (!membership) return { kind: "person", userId, name, key: keyId === null ? null : { id: keyId, scopes } };
  const { companyId, role } = membership;
  requireRole(call, role);
  const actor: UserActor = { kind: "user", type: "user", id: userId, name, agentId: null, runId: null, role, scopes };
  return { kind: "tenant", companyId, actor };
}

/** Whatever lies inside the company is found, or not, behind row level security. */
function requireOwnCompany(target: Target, companyId: string): void {
  if (target.by === "company" && target.id.toLowerCase() !== companyId) throw notFound();
}

const runMismatch = (message: string) => new BoardroomError("run_mismatch", message);
