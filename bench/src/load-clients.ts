import { connect, type Socket } from "node:net";
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
const requests = jobs.map(requestOf);
const latenciesMs: number[] = [];
let next = 0;

const started = performance.now();
await Promise.all(Array.from({ length: clients }, runClient));
parentPort?.postMessage({ wallMs: performance.now() - started, latenciesMs });

/** One kept connection that sends request after request. Plain sockets, because the clients share the machine's cores. */
async function runClient(): Promise<void> {
  const socket = connect(Number(base.port), base.hostname).setNoDelay();
  socket.setEncoding("latin1");
  for (let request = requests[next++]; request; request = requests[next++]) {
    const sentAt = performance.now();
    await send(socket, request);
    latenciesMs.push(performance.now() - sentAt);
  }
  socket.destroy();
}

function requestOf(job: CheckoutJob): string {
  const body = JSON.stringify(kind === "boardroom" ? { agentId: job.agentId } : job);
  const path = kind === "boardroom" ? `${base.pathname}/issues/${job.issueId}/checkout` : "/checkout";
  const authorization = kind === "boardroom" ? `authorization: Bearer ${job.token}\r\n` : "";
  const head = `POST ${path} HTTP/1.1\r\nhost: ${base.host}\r\ncontent-type: application/json\r\n${authorization}`;
  return `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
}

/** Resolves when the whole answer is there; both servers state its length. */
function send(socket: Socket, request: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = "";
    const onData = (chunk: string) => {
      text += chunk;
      const bodyAt = text.indexOf("\r\n\r\n") + 4;
      const length = /\r\ncontent-length: (\d+)\r\n/i.exec(text)?.[1];
      if (bodyAt < 4 || text.length < bodyAt + Number(length ?? 0)) return;
      socket.off("data", onData).off("error", reject);
      if (length !== undefined && text.startsWith("HTTP/1.1 200")) resolve();
      else reject(new Error(text.slice(0, 500)));
    };
    socket.on("data", onData).once("error", reject);
    socket.write(request);
  });
}
