import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, describe, expect, it } from "vitest";
import { createServerClock } from "../api/server-clock.ts";
import { holdConnection } from "./hold-connection.ts";

const toStop: (() => void)[] = [];
afterEach(() => {
  for (const stop of toStop.splice(0)) stop();
});

describe("a runner that has to poll", () => {
  it("doesn't race with another one of its credential, each poll of which ends its own", async () => {
    let polls = 0;
    // It lets no socket through, and answers each poll at once: somebody else polls too.
    const server = createServer((_, response) => {
      polls += 1;
      response.setHeader("content-type", "application/json");
      response.end('{"hints":[]}');
    });
    server.on("upgrade", (_, socket) => socket.destroy());
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const closing = new AbortController();
    toStop.push(
      () => closing.abort(),
      () => server.close(),
    );
    const { port } = server.address() as AddressInfo;
    const polled = Promise.withResolvers<void>();
    const held = holdConnection({
      apiUrl: `http://127.0.0.1:${port}`,
      access: { get: async () => "t", drop: () => undefined },
      clock: createServerClock(),
      signal: closing.signal,
      onConnected: () => polled.resolve(),
      onHint: () => undefined,
      onState: () => undefined,
    });
    await polled.promise;
    await sleep(1500);
    expect(polls).toBeLessThan(4);
    closing.abort();
    await held;
  });
});
