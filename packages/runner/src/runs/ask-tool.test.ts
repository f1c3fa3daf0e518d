import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { Api } from "../api/api.ts";
import { createToolAsker } from "./ask-tool.ts";

const minute = 60_000;

/** Asks a server whose clock differs from this machine's; ten seconds go by there with each look at the time. */
function askServer(offsetMs: number, allowsAfter: number) {
  let serverNow = Date.now() + offsetMs;
  const expiresAt = new Date(serverNow + 30 * minute).toISOString();
  let looks = 0;
  const api: Api = {
    async call() {
      looks += 1;
      return { id: randomUUID(), status: looks > allowsAfter ? "allowed" : "pending", note: null, expiresAt } as never;
    },
  };
  const asker = createToolAsker({
    api,
    runId: randomUUID(),
    token: () => "t",
    signal: new AbortController().signal,
    now() {
      serverNow += 10_000;
      return serverNow;
    },
    askEveryMs: 1,
  });
  return asker.ask({ callId: "c", tool: "Bash", input: {}, summary: "ls" });
}

describe("asking the board for a tool call", () => {
  it.each([-60, 0, 60])("waits by the server's time, from which this machine is %i minutes off", async (minutes) => {
    expect(await askServer(minutes * minute, 4)).toEqual({ decision: "allow", note: null });
    expect(await askServer(minutes * minute, Number.POSITIVE_INFINITY)).toMatchObject({ decision: "deny" });
  });
});
