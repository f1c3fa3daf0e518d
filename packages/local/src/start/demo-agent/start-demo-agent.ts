import type { IncomingMessage, ServerResponse } from "node:http";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { type LocalHttpServer, readBody, serveHttp } from "../../http-server.ts";
import { LocalServiceError } from "../../local-service-error.ts";
import type { PlayedAgent } from "../demo/demo-state.ts";
import type { SeededAgent } from "../demo/seed-demo.ts";
import { readInvocation } from "./invocation.ts";
import { playedBy, readAdoption } from "./played-agents.ts";
import { type DemoWorker, workOnRun } from "./work-on-run.ts";

export interface DemoAgentServer {
  port: number;
  /** Where the demo's agents take their webhooks. */
  url: string;
  /** From now on answers for this agent. */
  serve(agent: SeededAgent): void;
  /** From now on plays the CEO of this company, and whom that one hires. */
  play(companyId: string, ceo: PlayedAgent): void;
  stop(): Promise<void>;
}

const maxBytes = 1024 * 1024;

/** A plain HTTP server, as anybody could write one: verifies the signature, answers 202, then works over the public API. */
export async function startDemoAgent(
  wantedPort: number,
  onPlay: (companyId: string, ceo: PlayedAgent) => void = () => undefined,
): Promise<DemoAgentServer> {
  const agents = new Map<string, SeededAgent>();
  const played = new Map<string, PlayedAgent>();
  const leaving = new AbortController();
  const work = new Set<Promise<void>>();
  const cancels = new Map<string, AbortController>();

  const adopt = (body: string, response: ServerResponse) => {
    const adoption = readAdoption(body);
    if (!adoption) return response.writeHead(400).end();
    const { companyId, ...ceo } = adoption;
    played.set(companyId, ceo);
    onPlay(companyId, ceo);
    return response.writeHead(204).end();
  };
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request, maxBytes);
    if (request.url === "/agents") return adopt(body?.toString() ?? "", response);
    const invocation = body && readInvocation(body.toString());
    const agent = invocation && (agents.get(invocation.agentId) ?? playedBy(played, invocation));
    if (!agent || !body) return response.writeHead(404).end();
    try {
      new Webhook(agent.secret).verify(body.toString(), headersOf(request));
    } catch (error) {
      if (!(error instanceof WebhookVerificationError)) throw error;
      return response.writeHead(401).end();
    }
    response.writeHead(202).end();
    const { runId, type } = invocation;
    if (type === "heartbeat.cancel") cancels.get(runId)?.abort();
    // The same run may be delivered twice.
    if (type !== "heartbeat.invoke" || cancels.has(runId)) return;
    const cancel = new AbortController();
    cancels.set(runId, cancel);
    const job = workOnRun(invocation, agent, { leaving: leaving.signal, cancelled: cancel.signal })
      .catch((error: unknown) => reportTrouble(agent, error, leaving.signal))
      .finally(() => {
        cancels.delete(runId);
        work.delete(job);
      });
    work.add(job);
  };

  const server = await listen(wantedPort, (request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  return {
    port: server.port,
    url: `${server.url}/webhook`,
    serve: (seeded) => {
      agents.set(seeded.agent.id, seeded);
    },
    play: (companyId, ceo) => {
      played.set(companyId, ceo);
    },
    stop: async () => {
      leaving.abort();
      await Promise.allSettled(work);
      await server.stop();
    },
  };
}

/** The port of the last start, so that the agents' addresses stay; another one when that is taken. */
async function listen(wantedPort: number, listener: Parameters<typeof serveHttp>[2]): Promise<LocalHttpServer> {
  try {
    return await serveHttp("demo agent", wantedPort, listener);
  } catch (error) {
    if (wantedPort === 0 || !(error instanceof LocalServiceError) || error.code !== "port_in_use") throw error;
    return serveHttp("demo agent", 0, listener);
  }
}

function headersOf(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
}

function reportTrouble({ part }: DemoWorker, error: unknown, leaving: AbortSignal): void {
  if (leaving.aborted) return;
  console.warn(`${part.name} gave up on a run: ${error instanceof Error ? error.message : String(error)}`);
}
