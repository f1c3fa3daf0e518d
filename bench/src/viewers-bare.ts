import type { AddressInfo } from "node:net";
import { parentPort } from "node:worker_threads";
import { WebSocketServer } from "ws";

export interface BareOpened {
  port: number;
}
export interface BareBroadcast {
  startedAt: number;
}

/** What there is at least: a `ws` server that sends what it is told to everybody who is connected. */
const server = new WebSocketServer({ host: "127.0.0.1", port: 0, perMessageDeflate: false });
server.once("listening", () => {
  const opened: BareOpened = { port: (server.address() as AddressInfo).port };
  parentPort?.postMessage(opened);
});
parentPort?.on("message", (bytes: string) => {
  const broadcast: BareBroadcast = { startedAt: Date.now() };
  for (const client of server.clients) client.send(bytes);
  parentPort?.postMessage(broadcast);
});
