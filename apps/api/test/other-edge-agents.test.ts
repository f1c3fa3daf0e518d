import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestCompany, useBoardroom } from "@boardroom/testing";
import { afterAll, expect, it } from "vitest";

const boardroom = useBoardroom();
const closers: (() => void)[] = [];
afterAll(() => {
  for (const close of closers) close();
});

interface Asked {
  authorization: string | undefined;
  body: { method?: string; message?: unknown; params?: Record<string, unknown> };
}

/** A remote agent of another protocol than ours: what it is asked, and what it answers. */
async function startRemote(
  answer: (asked: Asked, origin: string) => unknown,
): Promise<{ origin: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  let origin = "";
  const server = createServer(async (request, response) => {
    let text = "";
    for await (const chunk of request) text += chunk;
    const one: Asked = { authorization: request.headers.authorization, body: text === "" ? {} : JSON.parse(text) };
    if (request.method === "POST") asked.push(one);
    response.setHeader("content-type", "application/json");
    response.end(JSON.stringify(answer(one, origin)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(
    () => void server.closeAllConnections(),
    () => void server.close(),
  );
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return { origin, asked };
}

/** Hires an agent and gives it something to do. */
async function assign({ board, cid }: TestCompany, adapterType: string, adapterConfig: Record<string, unknown>) {
  const { webhookSecret, ...agent } = await board.call("agents.create", {
    params: { cid },
    body: { name: "Remote", adapterType, adapterConfig, contextMode: "fat" },
  });
  const issue = await board.call("issues.create", {
    params: { cid },
    body: { title: "Mend the roof", status: "todo", assigneeAgentId: agent.id },
  });
  // Whoever assigns wakes in the same statement.
  const [run] = await board.call("issues.runs", { params: { id: issue.id } });
  if (!run) throw new Error("Nobody was woken");
  return { agent, runId: run.id, webhookSecret };
}

/** An agent that speaks A2A 1.0, and whose task is in this state. */
const startA2a = (state: () => string) =>
  startRemote(({ body }, origin) => {
    if (!body.method) {
      const supportedInterfaces = [{ url: `${origin}/rpc`, protocolBinding: "JSONRPC", protocolVersion: "1.0" }];
      return { name: "Roofer", supportedInterfaces };
    }
    const artifacts = [{ parts: [{ text: "The roof is mended." }] }];
    const task = { id: "task-1", contextId: "ctx-1", status: { state: state() }, artifacts };
    return { jsonrpc: "2.0", id: "1", result: body.method === "SendMessage" ? { task } : task };
  });

it("an A2A agent is woken with its task, asked each minute, and its answer ends the run", async () => {
  let state = "TASK_STATE_WORKING";
  const remote = await startA2a(() => state);
  const company = await boardroom.newCompany();
  const { runId, webhookSecret } = await assign(company, "a2a", { url: remote.origin, authentication: "bearer" });
  await expect.poll(() => remote.asked.length).toBe(1);
  expect(remote.asked[0]).toMatchObject({ authorization: `Bearer ${webhookSecret}`, body: { method: "SendMessage" } });
  expect(JSON.stringify(remote.asked[0]?.body)).toContain("Mend the roof");
  await expect
    .poll(() => company.board.call("runs.get", { params: { id: runId } }))
    .toMatchObject({ status: "running", externalRunId: "task-1" });

  await boardroom.runScheduled();
  expect(await company.board.call("runs.get", { params: { id: runId } })).toMatchObject({ status: "running" });
  state = "TASK_STATE_COMPLETED";
  await boardroom.runScheduled();
  expect(await boardroom.waitForRun(company, runId, "succeeded")).toMatchObject({
    sessionIdAfter: "ctx-1",
    resultJson: expect.objectContaining({ summary: "The roof is mended." }),
  });
});

it("an A2A agent's task is cancelled with the run", async () => {
  let state = "TASK_STATE_WORKING";
  const remote = await startA2a(() => state);
  const company = await boardroom.newCompany();
  const { runId } = await assign(company, "a2a", { url: remote.origin });
  await expect
    .poll(() => company.board.call("runs.get", { params: { id: runId } }))
    .toMatchObject({ externalRunId: "task-1" });
  await company.board.call("runs.cancel", { params: { id: runId }, body: {} });
  await expect
    .poll(() => remote.asked.map(({ body }) => [body.method, body.params?.id]))
    .toContainEqual(["CancelTask", "task-1"]);
  state = "TASK_STATE_CANCELED";
  await boardroom.runScheduled();
  await boardroom.waitForRun(company, runId, "cancelled");
});

it("an OpenClaw agent is woken by one hook, and ends its run as the hook told it", async () => {
  const gateway = await startRemote(() => ({ ok: true, runId: "hook-1" }));
  const company = await boardroom.newCompany();
  const url = `${gateway.origin}/hooks/agent`;
  const { agent, runId, webhookSecret } = await assign(company, "openclaw_gateway", { url, agentId: "main" });
  await expect.poll(() => gateway.asked.length).toBe(1);
  expect(gateway.asked[0]).toMatchObject({ authorization: `Bearer ${webhookSecret}`, body: { agentId: "main" } });
  expect(gateway.asked[0]?.body.message).toContain(`GET /api/heartbeat-runs/${runId}`);
  await boardroom.waitForRun(company, runId, "running");

  const { token } = await company.board.call("agentKeys.create", {
    params: { id: agent.id },
    body: { name: "gateway" },
  });
  const client = boardroom.clientWith(token ?? "");
  const { fence } = await client.call("runs.get", { params: { id: runId } });
  if (fence === null) throw new Error("A running run has a fence");
  expect(await client.call("runs.renew", { params: { id: runId }, body: { fence } })).toMatchObject({
    action: "continue",
  });
  await client.call("runs.complete", {
    params: { id: runId },
    body: { fence, status: "succeeded", summary: "Mended." },
  });
  await boardroom.waitForRun(company, runId, "succeeded");
});

it("neither may be sent to where no call may go", async () => {
  const { board, cid } = await boardroom.newCompany();
  for (const adapterType of ["a2a", "openclaw_gateway"]) {
    const body = { name: "Remote", adapterType, adapterConfig: { url: "https://10.0.0.8/hooks/agent" } };
    const refused = board.call("agents.create", { params: { cid }, body });
    await expect(refused).rejects.toMatchObject({ code: "unsafe_url" });
  }
});
