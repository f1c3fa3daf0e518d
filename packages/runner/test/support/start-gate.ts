import { createServer, type IncomingMessage, type ServerResponse, request as sendRequest } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";

/** The way from a runner to Boardroom, on which a test can hold calls up. */
export interface Gate {
  url: string;
  /** Calls that fit are kept waiting until they are let go, or their sender is gone. */
  hold(pattern: RegExp): { caught(): number; release(): void };
  /** Calls that fit are answered so, and never reach Boardroom. */
  answer(pattern: RegExp, answer: (response: ServerResponse) => void): { stop(): void };
  /** Everything is cut off: open connections break, and no new one comes about. */
  close(): void;
  open(): void;
  /** What was called, as `METHOD path`. */
  calls: string[];
  stop(): Promise<void>;
}

interface Rule {
  pattern: RegExp;
  caught: number;
  handle(proceed: () => void, response: ServerResponse): void;
}

export async function startGate(target: string): Promise<Gate> {
  const { hostname, port } = new URL(target);
  const rules = new Set<Rule>();
  const sockets = new Set<Socket>();
  const calls: string[] = [];
  let isClosed = false;
  const forward = (request: IncomingMessage, response: ServerResponse) => {
    const { method, url, headers } = request;
    const outgoing = sendRequest({ hostname, port, method, path: url, headers }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    outgoing.on("error", () => response.destroy());
    request.pipe(outgoing);
  };
  const server = createServer((request, response) => {
    const call = `${request.method} ${request.url}`;
    calls.push(call);
    const rule = [...rules].find(({ pattern }) => pattern.test(call));
    if (!rule) return forward(request, response);
    rule.caught += 1;
    rule.handle(() => forward(request, response), response);
  });
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
    if (isClosed) socket.destroy();
  });
  server.on("upgrade", (request, socket, head) => {
    const outgoing = connect(Number(port), hostname, () => {
      const lines = Object.entries(request.headers).map(([name, value]) => `${name}: ${value}`);
      outgoing.write(`GET ${request.url} HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`);
      outgoing.write(head);
      socket.pipe(outgoing).pipe(socket);
    });
    for (const [one, other] of [
      [socket, outgoing],
      [outgoing, socket],
    ] as const) {
      one.on("error", () => other.destroy());
      one.on("close", () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const add = (pattern: RegExp, handle: Rule["handle"]) => {
    const rule: Rule = { pattern, caught: 0, handle };
    rules.add(rule);
    return rule;
  };
  const breakAll = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    hold(pattern) {
      const waiting: (() => void)[] = [];
      const rule = add(pattern, (proceed) => waiting.push(proceed));
      return {
        caught: () => rule.caught,
        release() {
          rules.delete(rule);
          for (const proceed of waiting.splice(0)) proceed();
        },
      };
    },
    answer(pattern, answer) {
      const rule = add(pattern, (_proceed, response) => answer(response));
      return { stop: () => rules.delete(rule) };
    },
    close() {
      isClosed = true;
      breakAll();
    },
    open() {
      isClosed = false;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        breakAll();
      }),
  };
}
