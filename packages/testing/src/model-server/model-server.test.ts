import { afterEach, describe, expect, it } from "vitest";
import { type ModelScript, type ModelServer, playTurns, startModelServer } from "./index.ts";

const started: ModelServer[] = [];
const start = async (script: ModelScript) => {
  const model = await startModelServer(script);
  started.push(model);
  return model;
};
afterEach(async () => {
  for (const model of started.splice(0)) await model.stop();
});
const post = (url: string, body: unknown) =>
  fetch(url, { method: "POST", body: JSON.stringify(body), headers: { "content-type": "application/json" } });
const eventsOf = async (response: Response) =>
  [...(await response.text()).matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(data ?? ""));

const tools = [{ name: "Bash" }];
const asked = { model: "m", stream: true, tools, messages: [{ role: "user", content: "Mend the roof" }] };

describe("the scripted model", () => {
  it("streams what the script decides as Anthropic's messages", async () => {
    const call = { name: "Bash", input: { command: "ls" } };
    const usage = { inputTokens: 5, outputTokens: 3 };
    const model = await start(playTurns({ thinking: "Hm", text: "Looking", toolCalls: [call], usage }));
    const events = await eventsOf(await post(`${model.url}/v1/messages`, asked));
    expect(events.map(({ type }) => type).filter((type) => !type.includes("block"))).toEqual([
      "message_start",
      "message_delta",
      "message_stop",
    ]);
    const deltas = events.flatMap(({ delta }) => (delta?.type ? [delta] : []));
    expect(deltas).toMatchObject([
      { thinking: "Hm" },
      { type: "signature_delta" },
      { text: "Looking" },
      { partial_json: '{"command":"ls"}' },
    ]);
    expect(events.at(-2)).toMatchObject({ delta: { stop_reason: "tool_use" }, usage: { output_tokens: 3 } });
    expect(model.conversations).toMatchObject([{ model: "m", tools: ["Bash"], step: 0, text: "\nMend the roof" }]);
  });

  it("streams it as OpenAI's responses too", async () => {
    const model = await start(playTurns({ text: "Looking", toolCalls: [{ name: "shell", input: { cmd: "ls" } }] }));
    const body = {
      model: "m",
      stream: true,
      tools: [{ type: "web_search" }],
      input: [{ role: "user", content: "Go" }],
    };
    const events = await eventsOf(await post(`${model.url}/v1/responses`, body));
    expect(events.at(-1)).toMatchObject({
      type: "response.completed",
      response: { output: [{ type: "message" }, { type: "function_call", name: "shell", arguments: '{"cmd":"ls"}' }] },
    });
    expect(model.conversations).toMatchObject([{ tools: ["web_search"], messages: [{ role: "user", text: "Go" }] }]);
  });

  it("knows how far the work is, and answers side questions apart", async () => {
    const model = await start(playTurns({ text: "One" }, { text: "Two" }));
    const say = async (body: object) => (await (await post(`${model.url}/v1/messages`, body)).json()).content[0].text;
    const whole = { ...asked, stream: false };
    expect(await say(whole)).toBe("One");
    expect(await say({ ...whole, tools: [] })).toBe("ok");
    const results = [
      { role: "assistant", content: [{ type: "tool_use", name: "Bash", input: {} }] },
      { role: "user", content: [{ type: "tool_result", content: [{ type: "text", text: "a.txt" }] }] },
    ];
    expect(await say({ ...whole, messages: [...whole.messages, ...results] })).toBe("Two");
    expect(await say(whole)).toBe("Two");
    expect(model.conversations.map(({ step }) => step)).toEqual([0, 0, 1, 0]);
  });

  it("refuses as it is told, and tells of errors in the script", async () => {
    const model = await start(() => ({
      error: { status: 429, type: "rate_limit_error", message: "No", headers: { "retry-after": "7" } },
    }));
    const refused = await post(`${model.url}/v1/messages`, asked);
    expect([refused.status, refused.headers.get("retry-after"), await refused.json()]).toEqual([
      429,
      "7",
      { type: "error", error: { type: "rate_limit_error", message: "No" } },
    ]);
    model.play(() => {
      throw new Error("Lost the script");
    });
    expect((await post(`${model.url}/v1/messages`, asked)).status).toBe(500);
    expect(model.errors).toMatchObject([{ message: "Lost the script" }]);
    expect((await fetch(`${model.url}/elsewhere`)).status).toBe(404);
    expect(model.others).toEqual(["GET /elsewhere"]);
  });
});
