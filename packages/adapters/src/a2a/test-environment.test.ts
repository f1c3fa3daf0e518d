import { describe, expect, it } from "vitest";
import { agent, cardOf } from "../../test/a2a-agent.ts";
import { listen, type Reply } from "../../test/listen.ts";
import { testA2a } from "./test-environment.ts";

describe("the environment test of an A2A agent", () => {
  const test = (url: string, config: Record<string, unknown> = {}) => testA2a({ url, ...config }, { allowLocal: true });

  it("says who is there and starts nothing", async () => {
    const { url, calls } = await agent("0.3", () => ({}));
    expect(await test(url)).toEqual([
      expect.objectContaining({
        level: "info",
        code: "card_read",
        message: expect.stringContaining("Writer speaks A2A 0.3"),
      }),
    ]);
    expect(calls()).toEqual([]);
  });

  it("reads the card where the URL names it", async () => {
    const { origin, received } = await listen(() => ({ json: cardOf("1.0", "https://agents.example.com/rpc") }));
    await test(`${origin}/cards/writer.json`);
    expect(received[0]?.path).toBe("/cards/writer.json");
  });

  it("warns when the card asks for authentication that isn't sent", async () => {
    const { origin } = await listen(() => ({
      json: { ...cardOf("0.3", "https://agents.example.com"), security: [{ bearer: [] }] },
    }));
    expect(await test(origin)).toContainEqual(expect.objectContaining({ level: "warn", code: "card_needs_auth" }));
  });

  it.each([
    ["card_missing", { status: 404 }],
    ["card_no_interface", { json: { name: "x" } }],
    ["card_unsafe_url", { json: cardOf("1.0", "https://10.0.0.8/rpc") }],
  ] as const)("finds %s", async (code, answer: Reply) => {
    const { origin } = await listen(() => answer);
    expect(await test(origin)).toContainEqual(expect.objectContaining({ level: "error", code }));
  });

  it("finds card_unreachable and config_invalid", async () => {
    expect(await test("http://127.0.0.1:9")).toEqual([expect.objectContaining({ code: "card_unreachable" })]);
    expect(await test("nowhere")).toEqual([expect.objectContaining({ code: "config_invalid" })]);
  });
});
