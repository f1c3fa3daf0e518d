import { randomBytes } from "node:crypto";
import { connect } from "node:net";
import { parentPort, workerData } from "node:worker_threads";

export interface ViewersJob {
  url: string;
  kind: "sse" | "ws";
  headers: Record<string, string>;
  count: number;
}
export type ViewersMessage =
  | { kind: "opened" }
  | { kind: "awaiting" }
  /** The last viewer got the awaited bytes then; `bytes` are those that one of them got. */
  | { kind: "seen"; lastAt: number; bytes: string };

const { url, kind, headers, count }: ViewersJob = workerData;
const opensAtOnce = 16;
const target = new URL(url);
let awaited: Buffer | null = null;
let seenBy = 0;

const post = (message: ViewersMessage) => parentPort?.postMessage(message);

/** Viewers are plain sockets that look for the awaited mark: they share the machine with what is measured. */
function onData(chunk: Buffer): void {
  if (!awaited?.length || !chunk.includes(awaited)) return;
  seenBy += 1;
  if (seenBy < count) return;
  awaited = null;
  post({ kind: "seen", lastAt: Date.now(), bytes: readBytes(chunk) });
}

/** The event itself, without the frame around it. */
function readBytes(chunk: Buffer): string {
  const text = chunk.toString();
  return text.slice(text.search(/(id: |\{")/)).trimEnd();
}

parentPort?.on("message", (mark: string) => {
  awaited = Buffer.from(mark);
  seenBy = 0;
  post({ kind: "awaiting" });
});

let opened = 0;
await Promise.all(
  Array.from({ length: opensAtOnce }, async () => {
    while (opened < count) {
      opened += 1;
      await open();
    }
  }),
);
post({ kind: "opened" });

/** Resolves when the server has sent its first bytes after the head, or the head where nothing follows it. */
function open(): Promise<void> {
  const upgrade =
    kind === "ws"
      ? `upgrade: websocket\r\nconnection: upgrade\r\nsec-websocket-version: 13\r\nsec-websocket-key: ${randomBytes(16).toString("base64")}\r\n`
      : "accept: text/event-stream\r\n";
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const expected = kind === "ws" ? "HTTP/1.1 101" : "HTTP/1.1 200";
  return new Promise((resolve, reject) => {
    const socket = connect(Number(target.port), target.hostname).setNoDelay();
    socket.write(`GET ${target.pathname} HTTP/1.1\r\nhost: ${target.host}\r\n${upgrade}${more.join("")}\r\n`);
    socket.once("data", (head: Buffer) => {
      if (!head.toString("latin1").startsWith(expected)) return reject(new Error(head.toString().slice(0, 500)));
      socket.on("data", onData);
      resolve();
    });
    socket.on("error", reject);
    socket.once("close", () => reject(new Error("A viewer's connection was closed")));
  });
}
