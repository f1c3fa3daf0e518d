import { describe, expect, it } from "vitest";
import { hostileUrls } from "../../test/hostile-urls.ts";
import { listen, type Reply } from "../../test/listen.ts";
import { callTarget } from "./call.ts";

const call = (url: string, timeoutMs = 5000) =>
  callTarget(
    { url, method: "POST", headers: {}, body: "{}", signal: AbortSignal.timeout(timeoutMs), timeoutMs },
    { allowLocal: true },
  );

async function callOnce(reply: Reply, timeoutMs?: number) {
  const { origin } = await listen(() => reply);
  return call(origin, timeoutMs);
}

describe("a call of a remote agent", () => {
  it("brings back status and body, whatever the status", async () => {
    expect(await callOnce({ status: 418, text: "short" })).toEqual({
      kind: "answer",
      status: 418,
      retryAfterMs: null,
      text: "short",
    });
  });

  it("says when the agent wants to be asked again", async () => {
    expect(await callOnce({ status: 429, headers: { "retry-after": "7" } })).toMatchObject({ retryAfterMs: 7000 });
  });

  it("follows no redirect", async () => {
    const { origin, received } = await listen(() => ({ status: 307, headers: { location: "/elsewhere" } }));
    expect(await call(origin)).toMatchObject({ outcome: { retryable: false, errorCode: "redirected" } });
    expect(received).toHaveLength(1);
  });

  it("reads no more than 1 MiB", async () => {
    const answer = await callOnce({ text: "x".repeat(1024 * 1024 + 1) });
    expect(answer).toMatchObject({ outcome: { retryable: false, errorCode: "response_too_large" } });
  });

  it("ends in time when the body never does", async () => {
    const answer = await callOnce({ raw: (response) => response.writeHead(200).write("{") }, 300);
    expect(answer).toMatchObject({ outcome: { retryable: true, errorCode: "timeout" } });
  });

  it("may try again what broke off", async () => {
    const answer = await callOnce({ raw: (response) => response.destroy() });
    expect(answer).toMatchObject({ outcome: { retryable: true, errorCode: "network" } });
  });

  it("sends nothing where it may not go", async () => {
    const sent: string[] = [];
    const send = async (url: string) => {
      sent.push(url);
      return new Response();
    };
    for (const url of Object.values(hostileUrls).flat()) {
      const signal = AbortSignal.timeout(1000);
      const options = { allowLocal: false, fetch: send };
      const answer = await callTarget({ url, method: "GET", headers: {}, signal, timeoutMs: 1000 }, options);
      expect(answer, url).toMatchObject({ outcome: { errorCode: "unsafe_url", retryable: false } });
    }
    expect(sent).toEqual([]);
  });
});
