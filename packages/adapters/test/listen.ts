import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";

const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    server.close();
  }
});

export interface Received {
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  /** The body as JSON; undefined when there is none. */
  body: unknown;
}

/** What a server answers; `raw` writes it itself. */
export type Reply =
  | { status?: number; headers?: Record<string, string>; json?: unknown; text?: string }
  | { raw: (response: ServerResponse) => void };

/** A server on a free port of loopback until the test ends, and what it was asked. */
export async function listen(
  answer: (request: Received) => Reply | Promise<Reply>,
): Promise<{ origin: string; received: Received[] }> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const { method = "", url: path = "", headers } = request;
    const text = await readBody(request);
    const asked = { method, path, headers, body: text === "" ? undefined : JSON.parse(text) };
    received.push(asked);
    const reply = await answer(asked);
    if ("raw" in reply) return reply.raw(response);
    response.writeHead(reply.status ?? 200, { "content-type": "application/json", ...reply.headers });
    response.end(reply.text ?? (reply.json === undefined ? "" : JSON.stringify(reply.json)));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, received };
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
