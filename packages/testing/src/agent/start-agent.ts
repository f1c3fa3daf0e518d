import { createServer, type IncomingHttpHeaders } from "node:http";
import { type BoardroomClient, createClient, type HeartbeatPayload } from "@boardroom/contract";
import { Webhook } from "standardwebhooks";
import { waitUntil } from "../wait-until.ts";
import type { AgentBehaviour } from "./behaviours.ts";

export interface ReceivedWebhook {
  headers: IncomingHttpHeaders;
  body: string;
  /** The verified payload; a cancel event has no run token. */
  payload: HeartbeatPayload;
  runId: string;
  runToken: string;
  /** The API with the run's token. */
  api: BoardroomClient;
  receivedAt: number;
}

export interface TestAgent {
  url: string;
  /** The webhooks that verified, oldest first. */
  received: ReceivedWebhook[];
  /** How many requests did not verify. */
  refusedCount(): number;
  /** What went wrong in the agent's own work. */
  errors: unknown[];
  /** Verifies with this secret from now on; several during a rotation. */
  trust(...secrets: string[]): void;
  behave(behaviour: AgentBehaviour): void;
  /** The n-th webhook, as soon as it is there. */
  webhook(index?: number, timeoutMs?: number): Promise<ReceivedWebhook>;
  stop(): Promise<void>;
}

/** A real HTTP server as anybody would write one: it verifies with `standardwebhooks` and then behaves as it is told. */
export async function startAgent(first: AgentBehaviour): Promise<TestAgent> {
  let behaviour = first;
  let webhooks: Webhook[] = [];
  let refused = 0;
  const received: ReceivedWebhook[] = [];
  const errors: unknown[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", async () => {
      const body = Buffer.concat(chunks).toString();
      if (!webhooks.some((webhook) => verifies(webhook, body, request.headers))) {
        refused += 1;
        response.writeHead(401).end();
        return;
      }
      const webhook = readWebhook(body, request.headers);
      received.push(webhook);
      try {
        await behaviour(webhook, response);
      } catch (error) {
        errors.push(error);
        if (!response.headersSent) response.writeHead(500).end();
      }
    });
  });
  await new Promise<void>((resolve) => server.listen({ port: 0, host: "127.0.0.1", backlog: 4096 }, resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The agent's server has no port");
  return {
    url: `http://127.0.0.1:${address.port}/webhook`,
    received,
    refusedCount: () => refused,
    errors,
    trust: (...secrets) => {
      webhooks = secrets.map((secret) => new Webhook(secret));
    },
    behave: (next) => {
      behaviour = next;
    },
    webhook: (index = 0, timeoutMs = 20_000) =>
      waitUntil(
        `webhook ${index}`,
        async () => received[index] ?? `${received.length} came, ${refused} did not verify`,
        timeoutMs,
      ),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function verifies(webhook: Webhook, body: string, headers: IncomingHttpHeaders): boolean {
  try {
    webhook.verify(body, Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])));
    return true;
  } catch {
    return false;
  }
}

function readWebhook(body: string, headers: IncomingHttpHeaders): ReceivedWebhook {
  const payload: HeartbeatPayload = JSON.parse(body);
  const { apiUrl, runToken, runId } = payload.data;
  const api = createClient({ baseUrl: apiUrl ?? "http://127.0.0.1", headers: { authorization: `Bearer ${runToken}` } });
  return { headers, body, payload, runId, runToken, api, receivedAt: Date.now() };
}
