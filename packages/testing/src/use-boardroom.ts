import type { LocalServices } from "@boardroom/local";
import type { HubName } from "@boardroom/local/worker";
import { afterAll, beforeAll, inject } from "vitest";
import { openBoardroom, type TestBoardroom } from "./boardroom.ts";
import { type Stack, type StackOptions, startStack } from "./start-stack.ts";

/**
 * The stack that all test files share; companies keep them apart. Call it once at the top of a file.
 * @example const boardroom = useBoardroom();
 */
export function useBoardroom(): TestBoardroom {
  const stack = inject("stack");
  const { actions, close } = openBoardroom(() => stack);
  afterAll(close);
  return { ...actions, url: stack.url, addresses: stack };
}

/** A stack of one's own, whose counters and faults nobody else touches. */
export interface OwnBoardroom extends TestBoardroom {
  readonly services: LocalServices;
  killWorker(): Promise<void>;
  restartWorker(): Promise<void>;
  /** Throws a company's hub out of memory while the Worker runs on; its sockets hibernate or are closed. */
  evictHub(companyId: string, sockets: "hibernate" | "close", hub?: HubName): Promise<void>;
  /** Requests to the database that `work` causes, by the tag of their caller. */
  countRequests(work: () => Promise<unknown>): Promise<Record<string, number>>;
}

/** Boots a stack for this file alone: to count database requests, inject faults, or kill the Worker. */
export function useOwnBoardroom(options: StackOptions = {}): OwnBoardroom {
  let running: Stack | undefined;
  const stack = () => {
    if (!running) throw new Error("The stack runs only within tests");
    return running;
  };
  const { actions, close } = openBoardroom(() => stack().addresses);
  beforeAll(async () => {
    running = await startStack(options);
  }, 60_000);
  afterAll(async () => {
    await close();
    await running?.stop();
  });
  return {
    ...actions,
    get url() {
      return stack().addresses.url;
    },
    get addresses() {
      return stack().addresses;
    },
    get services() {
      return stack().services;
    },
    killWorker: () => stack().killWorker(),
    restartWorker: () => stack().restartWorker(),
    evictHub: (companyId, sockets, hub) => stack().evictHub(companyId, sockets, hub),
    async countRequests(work) {
      const { stats } = stack().services.neon;
      stats.reset();
      await work();
      return { ...stats.byTag };
    },
  };
}
