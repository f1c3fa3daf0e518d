import { runId } from "./invocation.ts";
import { listen, type Received, type Reply } from "./listen.ts";

export type Version = "1.0" | "0.3";

export function cardOf(version: Version, url: string) {
  if (version === "0.3") return { name: "Writer", protocolVersion: "0.3.0", url, preferredTransport: "JSONRPC" };
  const other = { url: "https://grpc.example", protocolBinding: "GRPC", protocolVersion: "1.0" };
  return { name: "Writer", supportedInterfaces: [other, { url, protocolBinding: "JSONRPC", protocolVersion: "1.0" }] };
}

/** An agent that answers each JSON-RPC call as it is told. */
export async function agent(version: Version, answer: (call: Rpc, request: Received) => Reply) {
  let origin = "";
  const server = await listen((request) => {
    if (request.method === "GET") return { json: cardOf(version, `${origin}/rpc`) };
    return answer(request.body as Rpc, request);
  });
  origin = server.origin;
  const calls = () => server.received.filter(({ method }) => method === "POST");
  return { url: origin, received: server.received, calls };
}

export interface Rpc {
  id: string;
  method: string;
  params: Record<string, unknown>;
}

export const reply = (result: unknown): Reply => ({ json: { jsonrpc: "2.0", id: runId, result } });
export const rpcError = (code: number, message = "no"): Reply => ({
  json: { jsonrpc: "2.0", id: runId, error: { code, message } },
});
export const task = (state: string, over: Record<string, unknown> = {}) => ({
  id: "task-1",
  contextId: "ctx-1",
  status: { state },
  ...over,
});
export const said = (text: string) => ({ message: { parts: [{ text }] } });
