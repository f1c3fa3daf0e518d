import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { listenOnLoopback } from "./ports.ts";

export interface LocalHttpServer {
  port: number;
  url: string;
  /** Takes no new request, lets running ones finish for a moment, then closes what is left. */
  stop(): Promise<void>;
}

const PATIENCE_MS = 2000;

export async function serveHttp(
  service: string,
  wantedPort: number,
  listener: RequestListener,
): Promise<LocalHttpServer> {
  const server = createServer({ keepAliveTimeout: 60_000, noDelay: true, requestTimeout: 0 }, listener);
  const port = await listenOnLoopback(server, wantedPort, service);
  let stopping: Promise<void> | undefined;
  const stop = () =>
    new Promise<void>((resolve) => {
      const timer = setTimeout(() => server.closeAllConnections(), PATIENCE_MS);
      server.close(() => {
        clearTimeout(timer);
        resolve();
      });
      server.closeIdleConnections();
    });
  return {
    port,
    url: `http://127.0.0.1:${port}`,
    stop: () => {
      stopping ??= stop();
      return stopping;
    },
  };
}

/** Reads a whole body, or undefined as soon as it is larger than `maxBytes`; the rest is then let go unread. */
export function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | undefined> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on("data", (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBytes) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve(undefined);
      }
    });
    request.on("end", () => resolve(chunks.length === 1 ? chunks[0] : Buffer.concat(chunks)));
    request.on("error", reject);
    request.on("close", () => reject(new Error("the caller went away")));
  });
}
