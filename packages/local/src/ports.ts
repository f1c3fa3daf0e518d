import { randomInt } from "node:crypto";
import { createServer, type Server } from "node:net";
import { LocalServiceError } from "./local-service-error.ts";

/** Everything local listens here and nowhere else. */
export const LOOPBACK = "127.0.0.1";
/**
 * Connections that may wait to be taken. Of more than that, 511 by default, the kernel lets the others ask again after 1, 3, 7, 15 and
 * 31 s: a thousand calls at once made single ones that late.
 */
const BACKLOG = 4096;

/** A port of the loopback interface that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  const port = await listenOnLoopback(server, 0, "port finder");
  await new Promise<void>((resolve) => server.close(() => resolve()));
  return port;
}

/**
 * A free port below those that systems give to outgoing connections: no connection takes it while what listens there is
 * down for a moment.
 */
export async function findLastingPort(): Promise<number> {
  for (;;) {
    const server = createServer();
    const port = await listenOnLoopback(server, randomInt(10_000, 32_000), "port finder").catch(() => null);
    if (port === null) continue;
    await new Promise<void>((resolve) => server.close(() => resolve()));
    return port;
  }
}

/** Listens on loopback and returns the port taken; a used port is one clear error. */
export async function listenOnLoopback(server: Server, port: number, service: string): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    const fail = (cause: NodeJS.ErrnoException) => reject(explainListenError(cause, port, service));
    server.once("error", fail);
    server.listen({ port, host: LOOPBACK, backlog: BACKLOG }, () => {
      server.off("error", fail);
      resolve();
    });
  });
  const address = server.address();
  if (address === null || typeof address === "string")
    throw new LocalServiceError("start_failed", `${service}: no port`);
  return address.port;
}

function explainListenError(cause: NodeJS.ErrnoException, port: number, service: string): LocalServiceError {
  if (cause.code === "EADDRINUSE") {
    return new LocalServiceError("port_in_use", `${service}: port ${port} is already in use.`, { cause });
  }
  return new LocalServiceError("start_failed", `${service}: cannot listen on port ${port}: ${cause.message}`, {
    cause,
  });
}
