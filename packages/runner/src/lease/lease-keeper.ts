import { Worker } from "node:worker_threads";
import type { Renewal, Usage } from "@boardroom/contract";
import type { FromLeaseThread, LeaseOfRun, LossReason, ToLeaseThread } from "./lease-messages.ts";

export interface LeaseEvents {
  /** The server answered; `action` says what to do now. */
  renewed(renewal: { token: string; action: Renewal["action"]; reason: string | null }): void;
  lost(reason: LossReason): void;
}

/** The leases of this runner's runs, kept by a thread of their own. */
export interface LeaseKeeper {
  /** Keeps a lease until it is lost or released. */
  hold(lease: LeaseOfRun, events: LeaseEvents): HeldLease;
  stop(): Promise<void>;
}

export interface HeldLease {
  readonly runId: string;
  readonly fence: number;
  /** The newest token of the run. */
  token(): string;
  isLost(): boolean;
  /** Resolves with the first answer: whether the run is ours to start. */
  readonly first: Promise<{ isOurs: boolean; action: Renewal["action"] }>;
  usage(usage: Usage): void;
  renewNow(): void;
  release(): void;
}

interface Entry {
  take(message: FromLeaseThread): void;
}

/** The thread's own file: TypeScript as it stands in the repository, a bundle once it is published. */
const threadFile = import.meta.url.endsWith(".ts") ? "./lease-thread.ts" : "./lease-thread.mjs";

export function startLeaseKeeper(apiUrl: string, onBroken: (error: Error) => void): LeaseKeeper {
  const thread = new Worker(new URL(threadFile, import.meta.url), {
    workerData: apiUrl,
    resourceLimits: { maxYoungGenerationSizeMb: 4, maxOldGenerationSizeMb: 32 },
  });
  const entries = new Map<string, Entry>();
  let isStopping = false;
  thread.on("message", (message: FromLeaseThread) => entries.get(message.runId)?.take(message));
  thread.on("error", onBroken);
  thread.on("exit", () => isStopping || onBroken(new Error("The thread that keeps leases ended.")));
  const tell = (message: ToLeaseThread) => thread.postMessage(message);
  return {
    hold(lease, events) {
      const { held, entry } = makeEntry(lease, events, tell, () => entries.delete(lease.runId));
      entries.set(lease.runId, entry);
      tell({ type: "hold", lease });
      return held;
    },
    async stop() {
      isStopping = true;
      await thread.terminate();
    },
  };
}

function makeEntry(
  { runId, fence, token: firstToken }: LeaseOfRun,
  events: LeaseEvents,
  tell: (message: ToLeaseThread) => void,
  forget: () => void,
): { held: HeldLease; entry: Entry } {
  const answered = Promise.withResolvers<{ isOurs: boolean; action: Renewal["action"] }>();
  let token = firstToken;
  let isLost = false;
  const entry: Entry = {
    take(message) {
      if (message.type === "renewed") {
        token = message.token;
        answered.resolve({ isOurs: true, action: message.action });
        events.renewed(message);
        return;
      }
      isLost = true;
      forget();
      answered.resolve({ isOurs: false, action: "cancel" });
      events.lost(message.reason);
    },
  };
  const held: HeldLease = {
    runId,
    fence,
    token: () => token,
    isLost: () => isLost,
    first: answered.promise,
    usage: (usage) => tell({ type: "usage", runId, usage }),
    renewNow: () => tell({ type: "renew", runId }),
    release() {
      forget();
      tell({ type: "release", runId });
    },
  };
  return { held, entry };
}
