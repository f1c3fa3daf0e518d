import type { Invocation, InvocationOutcome } from "@boardroom/contract";

export type { CancelPayload, HeartbeatPayload, Invocation, InvocationOutcome } from "@boardroom/contract";

/** What the domain asks of the outside. The Worker wires the real ones, tests may wire misbehaving ones. */
export interface Ports {
  tokens: TokenPort;
  secrets: SecretPort;
  /** Starts runs after the commit that queued them: at once in this Worker, and surely through the queue. */
  dispatch(runs: readonly DispatchedRun[]): void;
  /** Hands runs to the queue alone, in batches: what the tick uses. Resolves when the queue has them. */
  enqueue(runs: readonly DispatchedRun[]): Promise<void>;
  /** Does something after the answer was sent; its failure is logged and harms nothing. */
  afterwards(task: () => Promise<unknown>): void;
  /** Calls an agent that is reachable from the edge. Never throws: trouble is an outcome. */
  invoke(invocation: Invocation): Promise<InvocationOutcome>;
  /** Why a webhook may not go to this URL, as a sentence; null when it may. */
  checkTarget(url: string): string | null;
  /** Where agents reach the API, without `/api`. */
  publicUrl: string;
  /** http and loopback webhook targets are allowed; only where Boardroom runs on one machine. */
  allowLocalTargets: boolean;
}

export interface DispatchedRun {
  companyId: string;
  runId: string;
  /** Milliseconds from now until it may start. */
  delayMs?: number;
  /** How often it was delivered already, where that is known: each delivery is a message of its own. */
  attempt?: number;
}

export interface RunTokenClaims {
  companyId: string;
  agentId: string;
  agentName: string;
  runId: string;
  fence: number;
  expiresAt: string;
}

export interface TokenPort {
  mintRunToken(claims: RunTokenClaims): Promise<string>;
}

/** Keeps secrets that must be read back sealed at rest; `context` binds a sealed value to its place. */
export interface SecretPort {
  seal(plain: string, context: string): Promise<string>;
  open(sealed: string, context: string): Promise<string>;
  /** A fresh `whsec_…` of 32 random bytes. */
  newWebhookSecret(): string;
  /** A fresh key with prefix and checksum, and its SHA-256. */
  newKey(kind: "brb" | "bra"): Promise<{ token: string; hash: string; prefix: string }>;
}
