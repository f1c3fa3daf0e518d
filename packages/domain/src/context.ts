import type { MemberRole } from "@boardroom/contract";
import type { AuditActor, Connection, Idempotency, TenantConnection, WriteScope } from "@boardroom/db";
import type { Ports } from "./ports.ts";

/** A person at the board. `role` is theirs in the company of the call. */
export interface UserActor extends AuditActor {
  kind: "user";
  type: "user";
  role: MemberRole;
  scopes: readonly string[];
}

/** An agent with a long-lived key; `runId` is set when the call names a live run of it. */
export interface AgentActor extends AuditActor {
  kind: "agent";
  type: "agent";
  agentId: string;
  /** A run of it that goes on was given secrets. */
  hasSecrets?: boolean;
}

/** An agent inside one run, bound to that run's lease by its fence. */
export interface RunActor extends AuditActor {
  kind: "run";
  type: "agent";
  agentId: string;
  runId: string;
  fence: number;
  /** The run was given secrets. */
  hasSecrets?: boolean;
}

/** A machine that runs agents. What concerns one run it does with that run's token. */
export interface RunnerActor extends AuditActor {
  kind: "runner";
  type: "runner";
  /** The runner's. */
  id: string;
}

/** Boardroom itself: scheduler, queue, reaper. */
export interface SystemActor extends AuditActor {
  kind: "system";
  type: "system";
}

export type Actor = UserActor | AgentActor | RunActor | RunnerActor | SystemActor;

/** Everything a verb needs. The tenant is in `db`; there is nothing hidden behind it. */
export interface Ctx extends WriteScope {
  db: TenantConnection;
  actor: Actor;
  idempotency: Idempotency | null;
  ports: Ports;
  requestId: string;
  /** Values of the secrets that the caller's run was given: masked in the log that it writes, and by the door in all else. */
  hidden?: readonly string[];
}

/** For what people do outside a company: founding one, listing theirs, their keys. */
export interface PersonCtx {
  /** `key` is the board key that the call is made with; none of somebody who is signed in. */
  person: { userId: string; name: string; key?: { id: string; scopes: readonly string[] } | null };
  /** Of the system role: these verbs put the person into every `where`. */
  system: Connection;
  ports: Ports;
  idempotency: Idempotency | null;
  requestId: string;
}

/** For a device that proves itself by what it says: what it names tells the company. */
export interface DeviceCtx {
  system: Connection;
  ports: Ports;
  /** Boardroom itself inside the company that a code or key turned out to belong to. */
  enter(companyId: string): Ctx;
}

export const systemActor: SystemActor = {
  kind: "system",
  type: "system",
  id: "system",
  name: "Boardroom",
  agentId: null,
  runId: null,
};
