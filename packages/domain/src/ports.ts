import type { EnvironmentCheck, Invocation, InvocationOutcome, SkillFile, TranscriptEntry } from "@boardroom/contract";
import type { DecisionsPort, NotifierPort } from "./notifications/ports.ts";
import type { ReceiptSignerPort } from "./receipts/ports.ts";
import type { RunnerHubPort, RunnerTrustPort } from "./runners/ports.ts";
import type { RunSecretCache } from "./secrets/run-secret-cache.ts";
import type { EventWebhookPort } from "./webhooks/ports.ts";

export type { CancelPayload, HeartbeatPayload, Invocation, InvocationOutcome } from "@boardroom/contract";
export type { AwaitedTest, RunnerHubPort, RunnerTokenClaims, RunnerTrustPort, ServerKey } from "./runners/ports.ts";

/** What the domain asks of the outside. The Worker wires the real ones, tests may wire misbehaving ones. */
export interface Ports {
  tokens: TokenPort;
  secrets: SecretPort;
  /** Signs seals over the activity log. */
  auditSigner: AuditSignerPort;
  /** What runs were given of secrets, for a moment, so that not each thing that they say takes a look at it. */
  runSecrets: RunSecretCache;
  /** Starts runs after the commit that queued them: at once in this Worker, and surely through the queue. */
  dispatch(runs: readonly DispatchedRun[]): void;
  /** Hands runs to the queue alone, in batches: what the tick uses. Resolves when the queue has them. */
  enqueue(runs: readonly DispatchedRun[]): Promise<void>;
  /** Does something after the answer was sent; its failure is logged and harms nothing. */
  afterwards(task: () => Promise<unknown>): void;
  /** Calls an agent that is reachable from the edge. Never throws: trouble is an outcome. */
  invoke(invocation: Invocation): Promise<InvocationOutcome>;
  /** Whether a kind of agent takes this configuration, with its defaults filled in, and whether it may be called there. */
  checkConfig(adapterType: string, config: Record<string, unknown>): ConfigVerdict;
  /** Looks at whether somebody answers where an agent that we call ourselves would be called. Never throws; wakes nobody. */
  testEdgeEnvironment(adapterType: string, config: Record<string, unknown>): Promise<EnvironmentCheck[]>;
  /** Who is connected of a company's machines, and how they learn that there is something to do. */
  runnerHub: RunnerHubPort;
  runnerTrust: RunnerTrustPort;
  /** Signs what was decided. */
  receiptSigner: ReceiptSignerPort;
  decisions: DecisionsPort;
  notifier: NotifierPort;
  eventWebhooks: EventWebhookPort;
  /** What Boardroom itself teaches every agent that a runner starts. */
  ownSkills: readonly { key: string; files: readonly SkillFile[] }[];
  objects: ObjectPort;
  /** Removes the object of an attachment that is no more, after the answer was sent; the tick does what this leaves. */
  removeObject(companyId: string, id: string): void;
  /** Tells those who watch a run's log that it grew, or that its run ended. */
  tellLogViewers(companyId: string, runId: string): void;
  /** Moves the log of a run that ended into object storage, after the answer was sent; the tick does what this leaves. */
  archiveLog(companyId: string, runId: string): void;
  /** Reads what a kind of agent writes into its log. Never throws. */
  readTranscript(adapterType: string, text: string, isWhole: boolean): TranscriptPart;
  /** Where agents reach the API, without `/api`. */
  publicUrl: string;
  /** http and loopback webhook targets are allowed; only where Boardroom runs on one machine. */
  allowLocalTargets: boolean;
}

export type ConfigVerdict =
  | { kind: "usable"; config: Record<string, unknown> }
  /** Only a runner can know this kind of agent. */
  | { kind: "unknown" }
  | { kind: "invalid"; issues: { path: string; message: string }[] }
  | { kind: "unsafe"; url: string; message: string };

export interface DispatchedRun {
  companyId: string;
  runId: string;
  /** Milliseconds from now until it may start. */
  delayMs?: number;
}

export interface RunTokenClaims {
  companyId: string;
  agentId: string;
  agentName: string;
  runId: string;
  fence: number;
  expiresAt: string;
  /** The run was given secrets: what it says is looked through for them. */
  hasSecrets?: boolean;
}

export interface TokenPort {
  mintRunToken(claims: RunTokenClaims): Promise<string>;
}

/** Keeps secrets that must be read back sealed at rest; `context` binds a sealed value to its place. */
export interface SecretPort {
  seal(plain: string, context: string): Promise<string>;
  open(sealed: string, context: string): Promise<string>;
  /** The same value sealed with the master key of now; null when it is already. */
  reseal(sealed: string, context: string): Promise<string | null>;
  /** The id of the master key that seals now. */
  readonly masterKeyId: string;
  /** A fresh data key, wrapped with the master key: what a company's own secrets are sealed with. */
  newDataKey(context: string): Promise<string>;
  sealWith(key: WrappedKey, plain: string, context: string): Promise<string>;
  openWith(key: WrappedKey, sealed: string, context: string): Promise<string>;
  /** A fresh `whsec_…` of 32 random bytes. */
  newWebhookSecret(): string;
  /** A fresh key with prefix and checksum, and its SHA-256. */
  newKey(kind: "brb" | "bra"): Promise<{ token: string; hash: string; prefix: string }>;
}

/** An Ed25519 key of the Worker's. */
export interface AuditSignerPort {
  /** The signature in base64url. */
  sign(text: string): Promise<string>;
  /** In base64url. */
  publicKey(): Promise<string>;
}

/** A data key as it is stored, and the place that it is bound to. */
export interface WrappedKey {
  wrapped: string;
  context: string;
}

/** Large things, by name. What was put is there, whole, once `put` has resolved. */
export interface ObjectPort {
  /** Stores exactly so many bytes, or nothing and rejects; what was there before is replaced. */
  put(key: string, body: ReadableStream<Uint8Array>, byteLength: number): Promise<void>;
  /**
   * Stores what comes of a stream of bytes, however long it is, or nothing and rejects, also with what an inspector throws. Holds
   * a few megabytes of it at a time.
   */
  store(key: string, body: ReadableStream<Uint8Array>, inspectors: readonly StreamInspector[]): Promise<StoredObject>;
  /** An object, or a part of it, as it comes; null when there is no such object. */
  open(key: string, range?: { offset: number; length: number }): Promise<ReadableStream<Uint8Array> | null>;
  /** A part of an object; null when there is no such object. */
  get(key: string, range: { offset: number; length: number }): Promise<Uint8Array | null>;
  delete(key: string): Promise<void>;
}

/** Looks at a stream on its way into storage; what it throws ends it. */
export interface StreamInspector {
  /** The next bytes; they are others once it has returned. */
  take(piece: Uint8Array): void;
  end(): void;
}

export interface StoredObject {
  byteLength: number;
  /** In hex. */
  sha256: string;
}

/** What a piece of a log held of a transcript, and how much of it was read: a last line that isn't whole is left for later. */
export interface TranscriptPart {
  /** Uncut; offsets are bytes from the start of the piece. */
  entries: (Omit<TranscriptEntry, "offset" | "fullLength"> & { offset: number })[];
  readBytes: number;
}
