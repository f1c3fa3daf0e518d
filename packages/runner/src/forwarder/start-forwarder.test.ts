import { createServer, type IncomingMessage, request as sendRequest } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Forwarder, startForwarder } from "./start-forwarder.ts";

const seen: IncomingMessage[] = [];
const server = createServer((request, response) => {
  seen.push(request);
  if (request.url === "/api/stream") {
    response.write("first ");
    setTimeout(() => response.end("second"), 50);
    return;
  }
  if (request.url === "/api/elsewhere") {
    response.writeHead(302, { location: "http://evil.example/", "set-cookie": "a=b" });
    response.end();
    return;
  }
  let body = "";
  request.on("data", (text) => {
    body += text;
  });
  request.on("end", () => response.end(`${request.method} ${request.url} ${body}`));
});
let token = "token-1";
let forwarder: Forwarder;
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
  forwarder = await startForwarder({ apiUrl: `http://127.0.0.1:${port}`, runId: "run-1", token: () => token });
});
afterAll(async () => {
  await forwarder.stop();
  server.close();
});

const call = (path: string, init: RequestInit = {}) =>
  fetch(`${forwarder.url}${path}`, {
    redirect: "manual",
    ...init,
    headers: { authorization: `Bearer ${forwarder.key}`, ...init.headers },
  });
/** A path or header as `fetch` would never send it; 0 when the connection was simply closed. */
const raw = (path: string, headers: Record<string, string> = {}) =>
  new Promise<number>((resolve) => {
    const { hostname, port: at } = new URL(forwarder.url);
    const authorization = `Bearer ${forwarder.key}`;
    const request = sendRequest({ hostname, port: at, path, headers: { authorization, ...headers } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    request.on("error", () => resolve(0));
    request.end();
  });

describe("the API as a run's programs reach it", () => {
  it("leaves to the runner what only the runner may say", async () => {
    const before = seen.length;
    for (const path of [
      "/api/heartbeat-runs/run-1/complete",
      "/api/heartbeat-runs/run-1/renew",
      "/api/heartbeat-runs/run-1/log",
      "/api/heartbeat-runs/run-1/tool-approvals",
      "/api/execution-workspaces/w-1/operations",
      "/api/x/../execution-workspaces/w-1/operations?a=b",
      "/api/heartbeat-runs/run-1/%63omplete",
      "/api/heartbeat-runs/run-1/complet%65/",
      "/api/heartbeat-runs/run-1/%zz",
    ]) {
      expect([path, (await call(path, { method: "POST", body: "{}" })).status]).toEqual([path, 403]);
    }
    expect(seen.length).toBe(before);
    expect((await call("/api/heartbeat-runs/run-1/log")).status).toBe(200);
    expect((await call("/api/heartbeat-runs/run-1/events", { method: "POST", body: "{}" })).status).toBe(200);
  });

  it("passes calls on with the newest token of the run and its id", async () => {
    const answer = await call("/api/issues/X-1?a=b", { method: "POST", body: "hello" });
    expect(await answer.text()).toBe("POST /api/issues/X-1?a=b hello");
    expect(seen.at(-1)?.headers).toMatchObject({ authorization: "Bearer token-1", "x-paperclip-run-id": "run-1" });
    token = "token-2";
    await call("/api/agents/me", { headers: { "x-paperclip-run-id": "another", cookie: "session=1" } });
    expect(seen.at(-1)?.headers).toMatchObject({ authorization: "Bearer token-2", "x-paperclip-run-id": "run-1" });
    expect(seen.at(-1)?.headers.cookie).toBeUndefined();
  });

  it("passes an answer on as it comes", async () => {
    const { body } = await call("/api/stream");
    const pieces: string[] = [];
    for await (const piece of body ?? []) pieces.push(new TextDecoder().decode(piece));
    expect(pieces.join("")).toBe("first second");
    expect(pieces[0]).toBe("first ");
  });

  it("lets nobody in without the run's key, and no page of a browser", async () => {
    const before = seen.length;
    for (const authorization of ["", "Bearer ", "Bearer token-1", "Bearer x", `Basic ${forwarder.key}`]) {
      expect(await raw("/api/agents/me", { authorization }), authorization).toBe(401);
    }
    expect(await raw("/api/agents/me", { host: "evil.example" })).toBe(403);
    expect(seen).toHaveLength(before);
  });

  it("leads nowhere but to the API of its server", async () => {
    const before = seen.length;
    const paths = [
      "/",
      "/apix",
      "/login",
      "//evil.example/api/x",
      "http://evil.example/api/x",
      "/api/../login",
      "/api/%2e%2e/login",
    ];
    for (const path of [...paths, "\\\\evil.example/api/", `http://127.0.0.1:${port}/api/x`]) {
      const status = await raw(path);
      expect([0, 400, 404], path).toContain(status);
    }
    expect(seen).toHaveLength(before);
  });

  it("follows no redirect and keeps no cookie", async () => {
    const answer = await call("/api/elsewhere");
    expect(answer.status).toBe(302);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("says that the server is away", async () => {
    const alone = await startForwarder({ apiUrl: "http://127.0.0.1:9", runId: "r", token: () => "t" });
    const answer = await fetch(`${alone.url}/api/x`, { headers: { authorization: `Bearer ${alone.key}` } });
    expect(answer.status).toBe(503);
    expect(await answer.json()).toMatchObject({ code: "unavailable" });
    await alone.stop();
  });
});
