import { Agent, createServer, type IncomingMessage, request } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { newCompany } from "@boardroom/testing/company";

export interface LatencyJob {
  baseUrl: string;
  bareUrl: string;
  assignments: number;
  agents: number;
}

/** Milliseconds of each assignment and of each bare fetch. */
export interface LatencyReport {
  boardroom: number[];
  bareFetch: number[];
  bareWorker: number[];
}

const { baseUrl, bareUrl, assignments, agents }: LatencyJob = workerData;
const warmups = 40;
/** After an assignment: what it left to do must not be measured with the next. */
const pauseMs = 40;
const connections = new Agent({ keepAlive: true });

/** When the last webhook began, and what waits for it. */
let onWebhook: (at: number) => void = () => undefined;
const webhooks = createServer(async (incoming, response) => {
  onWebhook(performance.now());
  await text(incoming);
  response.writeHead(200, { "content-type": "application/json" }).end('{"status":"succeeded"}');
});
await new Promise<void>((resolve) => webhooks.listen(0, "127.0.0.1", resolve));
const webhookUrl = `http://127.0.0.1:${(webhooks.address() as AddressInfo).port}/hook`;

const { board, cid, owner } = await newCompany(baseUrl);
const hired = await Promise.all(
  Array.from({ length: agents }, (_, index) =>
    board.call("agents.create", {
      params: { cid },
      body: { name: `Agent ${index}`, adapterConfig: { url: webhookUrl, timeoutSec: 20 } },
    }),
  ),
);

const headers = { ...owner.headers, "content-type": "application/json" };
const assign = async (index: number) => {
  const body = { title: `Issue ${index}`, assigneeAgentId: hired[index % agents]?.id };
  await post(`${baseUrl}/api/companies/${cid}/issues`, JSON.stringify(body), headers);
};
const report: LatencyReport = { boardroom: [], bareFetch: [], bareWorker: [] };
for (let index = -warmups; index < assignments; index++) {
  // In turns, so that a machine that drifts drifts under all of them.
  const ms = await measure(() => assign(index + warmups));
  await sleep(pauseMs);
  const of = {
    boardroom: ms,
    bareFetch: await measure(() => post(webhookUrl, "{}", {})),
    bareWorker: await measure(() => post(bareUrl, webhookUrl, {})),
  };
  if (index < 0) continue;
  report.boardroom.push(of.boardroom);
  report.bareFetch.push(of.bareFetch);
  report.bareWorker.push(of.bareWorker);
}
parentPort?.postMessage(report);
connections.destroy();
webhooks.closeAllConnections();
webhooks.close();

/** Milliseconds from the start of a request to the first byte of the webhook that it causes. */
async function measure(cause: () => Promise<void>): Promise<number> {
  const arrived = new Promise<number>((resolve) => {
    onWebhook = resolve;
  });
  const startedAt = performance.now();
  const [at] = await Promise.all([arrived, cause()]);
  return at - startedAt;
}

function post(url: string, body: string, more: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = {
      method: "POST",
      agent: connections,
      headers: { ...more, "content-length": Buffer.byteLength(body) },
    };
    const sent = request(url, options, async (response: IncomingMessage) => {
      const answer = await text(response);
      if (response.statusCode && response.statusCode < 300) resolve();
      else reject(new Error(`${url} answered ${response.statusCode}: ${answer.slice(0, 300)}`));
    });
    sent.once("error", reject);
    sent.end(body);
  });
}
