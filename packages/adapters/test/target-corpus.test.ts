import { describe, expect, it } from "vitest";
import { checkTargetUrl, invokeHttpAgent } from "../src/index.ts";
import { hostileUrls, publicUrls } from "./hostile-urls.ts";

const deployed = { allowLocal: false };
const all = Object.values(hostileUrls).flat();

describe.each(Object.entries(hostileUrls))("refuses %s:", (_, urls) => {
  it.each(urls)("%j", (url) => {
    expect(checkTargetUrl(url, deployed)).toEqual(expect.any(String));
  });
});

it.each(publicUrls)("lets a webhook go to %s", (url) => {
  expect(checkTargetUrl(url, deployed)).toBeNull();
});

it("knows a good many tricks, each once", () => {
  expect(all.length).toBeGreaterThanOrEqual(250);
  expect(new Set(all).size).toBe(all.length);
});

it("sends nothing to any of them, whether a run starts or is cancelled", async () => {
  const sent: string[] = [];
  const fetch = async (url: string) => {
    sent.push(url);
    return new Response(null, { status: 202 });
  };
  const id = "01989e5e-0000-7000-8000-000000000001";
  const data = { agentId: id, companyId: id, runId: id, reason: null, fence: 1 };
  for (const url of all) {
    const outcome = await invokeHttpAgent(
      {
        adapterType: "http",
        config: { url, timeoutSec: 1 },
        secrets: [`whsec_${btoa("c".repeat(32))}`],
        runId: id,
        traceparent: "00-01989e5e000070008000000000000001-0000000000000001-01",
        payload: { type: "heartbeat.cancel", timestamp: "2026-01-01T00:00:00Z", data },
      },
      { ...deployed, fetch },
    );
    expect(outcome, url).toMatchObject({ kind: "failed", retryable: false, errorCode: "unsafe_url" });
  }
  expect(sent).toEqual([]);
});

it("opens only loopback where Boardroom runs on one machine: nothing else of the list", () => {
  const opened = all.filter((url) => checkTargetUrl(url, { allowLocal: true }) === null);
  expect(opened.toSorted()).toEqual([
    "https://127.0.0.1/",
    "https://127.255.255.254/",
    "https://LOCALHOST/",
    "https://[::1]/",
    "https://a.localhost/",
    "https://localhost/",
  ]);
});
