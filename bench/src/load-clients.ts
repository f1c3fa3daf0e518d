import { Agent, request } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import type { CheckoutJob } from "./prepare-checkouts.ts";

interface Load {
  baseUrl: string;
  jobs: CheckoutJob[];
  clients: number;
  kind: "boardroom" | "bare";
}

const { baseUrl, jobs, clients, kind }: Load = workerData;
const base = new URL(baseUrl);
const agent = new Agent({ keepAlive: true, maxSockets: clients });
const latenciesMs: number[] = [];
let next = 0;

const started = performance.now();
await Promise.all(Array.from({ length: clients }, runClient));
parentPort?.postMessage({ wallMs: performance.now() - started, latenciesMs });
agent.destroy();

async function runClient(): Promise<void> {
  for (let job = jobs[next++]; job; job = jobs[next++]) {
    const sentAt = performance.now();
    await send(job);
    latenciesMs.push(performance.now() - sentAt);
  }
}

function send(job: CheckoutJob): Promise<void> {
  const body = JSON.stringify(kind === "boardroom" ? { agentId: job.agentId } : job);
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "content-length": String(Buffer.byteLength(body)),
  };
  if (kind === "boardroom") headers.authorization = `Bearer ${job.token}`;
  const path = kind === "boardroom" ? `${base.pathname}/issues/${job.issueId}/checkout` : "/checkout";
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: base.hostname, port: base.port, path, method: "POST", headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => {
        text += chunk;
      });
      response.on("end", () =>
        response.statusCode === 200 ? resolve() : reject(new Error(`${response.statusCode}: ${text.slice(0, 300)}`)),
      );
    });
    sent.on("error", reject);
    sent.end(body);
  });
}
