import type { Invocation } from "@boardroom/contract";
import { describe, expect, it } from "vitest";
import { agent, type Rpc, reply, rpcError, said, task } from "../../test/a2a-agent.ts";
import { cancel, heartbeat, invocation, poll, runId } from "../../test/invocation.ts";
import { invokeAgent } from "../index.ts";

const invoke = (url: string, over: Partial<Invocation> = {}, config: Record<string, unknown> = {}) =>
  invokeAgent(invocation("a2a", { url, timeoutSec: 2, ...config }, over), { allowLocal: true });

describe("a wake of an A2A agent", () => {
  it("sends a message of protocol 1.0 and accepts a task that works", async () => {
    const { url, calls } = await agent("1.0", () => reply({ task: task("TASK_STATE_WORKING") }));
    expect(await invoke(url)).toEqual({ kind: "accepted", httpStatus: 200, externalRunId: "task-1" });
    expect(calls()).toHaveLength(1);
    expect(calls()[0]).toMatchObject({
      path: "/rpc",
      headers: { "a2a-version": "1.0" },
      body: {
        jsonrpc: "2.0",
        method: "SendMessage",
        params: {
          message: {
            messageId: runId,
            role: "ROLE_USER",
            parts: [{ text: expect.stringContaining("Boardroom wakes you") }],
          },
          configuration: { returnImmediately: true },
        },
      },
    });
  });

  it("sends a message of protocol 0.3 to an agent of that time", async () => {
    const { url, calls } = await agent("0.3", () => reply({ kind: "task", ...task("submitted") }));
    expect(await invoke(url)).toMatchObject({ kind: "accepted", externalRunId: "task-1" });
    expect(calls()[0]).toMatchObject({
      headers: { "a2a-version": "0.3" },
      body: {
        method: "message/send",
        params: {
          message: { kind: "message", role: "user", parts: [{ kind: "text" }] },
          configuration: { blocking: false },
        },
      },
    });
  });

  it("takes a message as the whole answer", async () => {
    const { url } = await agent("1.0", () => reply({ message: { contextId: "ctx-1", parts: [{ text: "Hello." }] } }));
    expect(await invoke(url)).toMatchObject({
      kind: "finished",
      result: { status: "succeeded", summary: "Hello.", sessionParams: { sessionId: "ctx-1" } },
    });
  });

  it("finishes with what a completed task made, and keeps the conversation", async () => {
    const artifacts = [
      { parts: [{ text: "Part one." }, { filename: "plan.md", url: "https://x.example" }] },
      { parts: [{ text: "Two." }] },
    ];
    const { url } = await agent("1.0", () => reply({ task: task("TASK_STATE_COMPLETED", { artifacts }) }));
    expect(await invoke(url)).toEqual({
      kind: "finished",
      httpStatus: 200,
      result: {
        status: "succeeded",
        summary: "Part one.\n\n[plan.md]\n\nTwo.",
        externalRunId: "task-1",
        sessionParams: { sessionId: "ctx-1" },
      },
    });
  });

  it.each([
    ["TASK_STATE_FAILED", { status: "failed", errorCode: "task_failed", errorFamily: "permanent", error: "Because." }],
    ["rejected", { status: "failed", errorCode: "rejected" }],
    ["auth-required", { status: "failed", errorCode: "auth_required", errorFamily: "config" }],
    ["TASK_STATE_CANCELED", { status: "cancelled" }],
    [
      "input-required",
      {
        status: "succeeded",
        summary: "The agent asks: Because.",
        sessionParams: { sessionId: "ctx-1", taskId: "task-1" },
      },
    ],
  ])("ends the run with a task that is %s", async (state, result) => {
    const { url } = await agent("1.0", () => reply({ task: task(state, { status: { state, ...said("Because.") } }) }));
    expect(await invoke(url)).toMatchObject({ kind: "finished", result });
  });

  it("goes on with the conversation of the task's earlier run, and with a task that waits for an answer", async () => {
    const { url, calls } = await agent("1.0", () => reply({ task: task("TASK_STATE_WORKING") }));
    await invoke(url, { payload: heartbeat({ sessionParams: { sessionId: "ctx-0", taskId: "task-0" } }) });
    expect(calls()[0]?.body).toMatchObject({ params: { message: { contextId: "ctx-0", taskId: "task-0" } } });
  });

  it("starts afresh, once, when the agent has forgotten both", async () => {
    const { url, calls } = await agent("1.0", ({ params }) =>
      JSON.stringify(params).includes("ctx-0")
        ? rpcError(-32001, "Task not found")
        : reply({ task: task("TASK_STATE_WORKING") }),
    );
    const payload = heartbeat({ sessionParams: { sessionId: "ctx-0", taskId: "task-0" } });
    expect(await invoke(url, { payload })).toMatchObject({ kind: "accepted" });
    expect(calls().map(({ body }) => (body as Rpc).params.message)).toEqual([
      expect.objectContaining({ contextId: "ctx-0", taskId: "task-0" }),
      expect.not.objectContaining({ taskId: "task-0" }),
      expect.not.objectContaining({ contextId: "ctx-0" }),
    ]);
  });

  it("gives the run token only to agents that are trusted with it", async () => {
    const { url, calls } = await agent("1.0", () => reply({ task: task("TASK_STATE_WORKING") }));
    await invoke(url);
    await invoke(url, {}, { shareRunToken: true });
    expect(JSON.stringify(calls()[0]?.body)).not.toContain("secret-run-token");
    expect(calls()[1]?.body).toMatchObject({
      params: { message: { metadata: { boardroom: { runToken: "secret-run-token", fence: 7 } } } },
    });
  });
});

describe("a run that an A2A agent has accepted", () => {
  it.each([
    ["1.0", "GetTask", "CancelTask"],
    ["0.3", "tasks/get", "tasks/cancel"],
  ] as const)("is asked about and cancelled by protocol %s", async (version, get, stop) => {
    const { url, calls } = await agent(version, ({ method }) => reply(task(method === get ? "working" : "canceled")));
    expect(await invoke(url, { payload: poll, externalRunId: "task-1" })).toMatchObject({ kind: "accepted" });
    expect(await invoke(url, { payload: cancel, externalRunId: "task-1" })).toMatchObject({
      kind: "finished",
      result: { status: "cancelled" },
    });
    expect(calls().map(({ body }) => body)).toEqual([
      expect.objectContaining({ method: get, params: { id: "task-1" } }),
      expect.objectContaining({ method: stop, params: { id: "task-1" } }),
    ]);
  });

  it("is given up when the agent doesn't know it any more", async () => {
    const { url } = await agent("1.0", () => rpcError(-32001));
    expect(await invoke(url, { payload: poll, externalRunId: "task-1" })).toMatchObject({
      retryable: false,
      errorCode: "task_not_found",
    });
  });

  it("isn't asked about before the agent has named it", async () => {
    const { url, received } = await agent("1.0", () => reply({}));
    expect(await invoke(url, { payload: poll })).toMatchObject({ errorCode: "no_task" });
    expect(received).toEqual([]);
  });
});
