import { generateKeyPairSync, sign } from "node:crypto";
import type { EnvironmentReport, RunnerHint } from "@boardroom/contract";
import {
  type AuditSignerPort,
  createRunSecretCache,
  type DispatchedRun,
  type EventWebhookPort,
  type Invocation,
  type InvocationOutcome,
  type NoticeMail,
  type NotifierPort,
  type OutgoingWebhook,
  type Ports,
  type PushNotice,
  type PushTarget,
  type RunnerHubPort,
  type RunnerTrustPort,
  type SecretPort,
  type SendOutcome,
  type TranscriptPart,
  type WebhookAnswer,
  type WrappedKey,
} from "@boardroom/domain";
import { type MemoryObjects, makeMemoryObjects } from "./memory-objects.ts";

/** Ports that work for real inside one process and remember what the domain asked of the outside. */
export interface TestPorts extends Ports {
  dispatched: DispatchedRun[];
  enqueued: DispatchedRun[];
  invocations: Invocation[];
  /** Approvals whose receipt was to be made. */
  toKeep: string[];
  toClose: { approvalId: string; delayMs: number }[];
  notifier: TestNotifier;
  eventWebhooks: TestEventWebhooks;
  objects: MemoryObjects;
  runnerHub: TestRunnerHub;
  /** Runs whose log's viewers were told. */
  toldOfLogs: string[];
  /** Runs whose log was to be moved. */
  toArchive: string[];
  /** Objects that were to be removed. */
  toRemove: string[];
  /** How agents answer; accepting (202) unless a test says otherwise. */
  answer: (invocation: Invocation) => InvocationOutcome | Promise<InvocationOutcome>;
  /** Resolves when everything given to `afterwards` has ended. */
  settled(): Promise<void>;
}

export function makeTestPorts(): TestPorts {
  const tasks: Promise<unknown>[] = [];
  const ports: TestPorts = {
    dispatched: [],
    enqueued: [],
    invocations: [],
    answer: () => ({ kind: "accepted", httpStatus: 202 }),
    settled: async () => void (await Promise.allSettled(tasks.splice(0))),
    tokens: { mintRunToken: async (claims) => btoa(JSON.stringify(claims)) },
    secrets: makeSecretPort(),
    auditSigner: makeAuditSigner(),
    runSecrets: createRunSecretCache(),
    receiptSigner: {
      sign: async (claims) => `header.${Buffer.from(JSON.stringify(claims)).toString("base64url")}.signature`,
    },
    decisions: {
      keepReceipt: (_, approvalId) => void ports.toKeep.push(approvalId),
      closeLater: (_, approvalId, delayMs) => void ports.toClose.push({ approvalId, delayMs }),
      tellPeople: () => undefined,
    },
    toKeep: [],
    toClose: [],
    notifier: makeNotifier(),
    eventWebhooks: makeEventWebhooks(),
    dispatch: (runs) => void ports.dispatched.push(...runs),
    enqueue: async (runs) => void ports.enqueued.push(...runs),
    afterwards: (task) => void tasks.push(task()),
    invoke: async (invocation) => {
      ports.invocations.push(invocation);
      return ports.answer(invocation);
    },
    runnerHub: makeRunnerHub(),
    runnerTrust: makeRunnerTrust(),
    objects: makeMemoryObjects(),
    tellLogViewers: (_, runId) => void ports.toldOfLogs.push(runId),
    toldOfLogs: [],
    removeObject: (_, id) => void ports.toRemove.push(id),
    toRemove: [],
    archiveLog: (_, runId) => void ports.toArchive.push(runId),
    toArchive: [],
    readTranscript: readLines,
    ownSkills: [
      {
        key: "boardroom",
        files: [{ path: "SKILL.md", content: "---\nname: boardroom\ndescription: How to work.\n---\n" }],
      },
    ],
    publicUrl: "http://127.0.0.1:8787",
    allowLocalTargets: false,
    testEdgeEnvironment: async (_, { url }) =>
      url === "https://gone.example.com/hook"
        ? [{ level: "error", code: "unreachable", message: "Nobody answers." }]
        : [],
    checkConfig: (adapterType, config) => {
      if (adapterType !== "http") return { kind: "unknown" };
      const url = String(config.url);
      if (url.startsWith("https://")) return { kind: "usable", config: { timeoutSec: 15, ...config } };
      return { kind: "unsafe", url, message: "Only https addresses can be called." };
    },
  };
  return ports;
}

export interface TestNotifier extends NotifierPort {
  mails: NoticeMail[];
  pushes: { target: PushTarget; notice: PushNotice }[];
  /** What becomes of the next ones; sent unless a test says otherwise. */
  outcome: (channel: "email" | "push", target: string) => SendOutcome | Promise<SendOutcome>;
}

function makeNotifier(): TestNotifier {
  const notifier: TestNotifier = {
    pushKey: "public key",
    mails: [],
    pushes: [],
    outcome: () => ({ kind: "sent" }),
    checkPushEndpoint: (endpoint) => (endpoint.startsWith("https://") ? null : "Only https addresses take pushes."),
    sendMail: async (mail) => {
      notifier.mails.push(mail);
      return notifier.outcome("email", mail.to);
    },
    push: async (target, notice) => {
      notifier.pushes.push({ target, notice });
      return notifier.outcome("push", target.endpoint);
    },
    unsubscribeUrl: async (_, userId) => `https://boardroom.example/unsubscribe/${userId}`,
  };
  return notifier;
}

export interface TestEventWebhooks extends EventWebhookPort {
  sent: OutgoingWebhook[];
  /** What receivers answer; a status alone, 204 unless a test says otherwise. */
  answer: (webhook: OutgoingWebhook) => Partial<WebhookAnswer>;
  /** Whom the queue was to call for. */
  toDeliver: { companyIds: readonly string[]; delayMs: number }[];
}

function makeEventWebhooks(): TestEventWebhooks {
  const webhooks: TestEventWebhooks = {
    sent: [],
    toDeliver: [],
    answer: () => ({ status: 204, isDelivered: true }),
    checkUrl: (url) => (url.startsWith("https://") ? null : "Only https addresses can be called."),
    send: async (webhook) => {
      webhooks.sent.push(webhook);
      return {
        at: new Date().toISOString(),
        durationMs: 1,
        status: null,
        error: null,
        response: null,
        isDelivered: false,
        isFinal: false,
        retryAfterMs: null,
        ...webhooks.answer(webhook),
      };
    },
    deliverSoon: async (companyIds, delayMs) => void webhooks.toDeliver.push({ companyIds, delayMs }),
    endpointsChanged: () => undefined,
  };
  return webhooks;
}

export interface TestRunnerHub extends RunnerHubPort {
  /** The runners that are connected. */
  present: string[];
  told: { runnerIds: readonly string[]; hint: RunnerHint }[];
}

function makeRunnerHub(): TestRunnerHub {
  const reports = new Map<string, (report: EnvironmentReport) => void>();
  const hub: TestRunnerHub = {
    present: [],
    told: [],
    tell: async (_, runnerIds, hint) => void hub.told.push({ runnerIds, hint }),
    online: async () => hub.present,
    awaitTest: async (_, { testId, runnerIds }) => {
      hub.told.push({ runnerIds, hint: { type: "work" } });
      return new Promise((resolve) => reports.set(testId, resolve));
    },
    testReported: async (_, testId, report) => reports.get(testId)?.(report),
    revoke: async (_, runnerId) => void hub.told.push({ runnerIds: [runnerId], hint: { type: "revoked" } }),
  };
  return hub;
}

/** Signs nothing: a job is its JSON, a device's key is what its assertion says. */
function makeRunnerTrust(): RunnerTrustPort {
  const hashOfCode = async (typed: string) => `hash of ${typed}`;
  return {
    newCode: async () => {
      const code = randomText(12);
      return { code, hash: await hashOfCode(code) };
    },
    hashOfCode,
    readAssertion: (assertion) => JSON.parse(assertion),
    verifyAssertion: async (assertion, publicKey) => (JSON.parse(assertion).key === publicKey ? "proven" : "wrong"),
    mintRunnerToken: async (claims) => ({ token: JSON.stringify(claims), expiresAt: new Date().toISOString() }),
    signJob: async (aud, jti, job) => JSON.stringify({ aud, jti, job }),
    publicKey: async () => ({ kty: "OKP", crv: "Ed25519", x: "x", kid: "kid" }),
  };
}

/** The simplest adapter: every line is a step. */
function readLines(_: string, text: string, isWhole: boolean): TranscriptPart {
  const read = isWhole ? text : text.slice(0, text.lastIndexOf("\n") + 1);
  let offset = 0;
  const entries = read.split("\n").flatMap((line) => {
    const at = offset;
    offset += Buffer.byteLength(line) + 1;
    const entry = {
      kind: "system",
      text: line,
      name: null,
      input: null,
      isError: false,
      at: null,
      offset: at,
    } as const;
    return line === "" ? [] : [entry];
  });
  return { entries, readBytes: Buffer.byteLength(read) };
}

const masterKeys = new Map<string, Promise<CryptoKey>>();
const encodeText = (text: string) => new TextEncoder().encode(text);
const aes = "AES-GCM";

function masterKey(id: string): Promise<CryptoKey> {
  const known =
    masterKeys.get(id) ?? crypto.subtle.generateKey({ name: aes, length: 256 }, false, ["encrypt", "decrypt"]);
  masterKeys.set(id, known);
  return known;
}

async function encrypt(key: CryptoKey, plain: Uint8Array<ArrayBuffer>, context: string): Promise<string> {
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealed = await crypto.subtle.encrypt({ name: aes, iv, additionalData: encodeText(context) }, key, plain);
  return Buffer.concat([iv, new Uint8Array(sealed)]).toString("base64");
}

async function decrypt(key: CryptoKey, sealed: string, context: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = Uint8Array.from(Buffer.from(sealed, "base64"));
  const how = { name: aes, iv: bytes.slice(0, 12), additionalData: encodeText(context) };
  return new Uint8Array(await crypto.subtle.decrypt(how, key, bytes.slice(12)));
}

/** Signs with a key of this test alone. */
export function makeAuditSigner(): AuditSignerPort {
  const { privateKey, publicKey } = generateKeyPairSync("ed25519");
  return {
    sign: async (text) => sign(null, Buffer.from(text), privateKey).toString("base64url"),
    publicKey: async () => String(publicKey.export({ format: "jwk" }).x),
  };
}

/** Seals as the Worker does, with master keys that live as long as the test. */
export function makeSecretPort(masterKeyId = "k1"): SecretPort {
  const open = async (sealed: string, context: string) => {
    const [, id = "", body = ""] = sealed.split(".");
    return decrypt(await masterKey(id), body, context);
  };
  const seal = async (plain: Uint8Array<ArrayBuffer>, context: string) =>
    `v1.${masterKeyId}.${await encrypt(await masterKey(masterKeyId), plain, context)}`;
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const dataKey = async (key: WrappedKey) =>
    crypto.subtle.importKey("raw", await open(key.wrapped, key.context), aes, false, ["encrypt", "decrypt"]);
  return {
    masterKeyId,
    seal: (plain, context) => seal(encodeText(plain), context),
    open: async (sealed, context) => text(await open(sealed, context)),
    reseal: async (sealed, context) =>
      sealed.startsWith(`v1.${masterKeyId}.`) ? null : seal(await open(sealed, context), context),
    newDataKey: (context) => seal(crypto.getRandomValues(new Uint8Array(32)), context),
    sealWith: async (key, plain, context) => encrypt(await dataKey(key), encodeText(plain), context),
    openWith: async (key, sealed, context) => text(await decrypt(await dataKey(key), sealed, context)),
    newWebhookSecret: () => `whsec_${Buffer.from(crypto.getRandomValues(new Uint8Array(32))).toString("base64")}`,
    newKey: async (kind) => {
      const token = `${kind}_${randomText(46)}`;
      const digest = await crypto.subtle.digest("SHA-256", encodeText(token));
      return { token, hash: Buffer.from(digest).toString("hex"), prefix: token.slice(0, 12) };
    },
  };
}

/** Base62 of random bytes; the slight bias is fine for tests. */
export function randomText(length: number): string {
  const alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  return Array.from(crypto.getRandomValues(new Uint8Array(length)), (byte) => alphabet[byte % 62]).join("");
}
