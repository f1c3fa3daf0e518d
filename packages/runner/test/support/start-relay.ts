import { type AddressInfo, connect, createServer, type Socket } from "node:net";

/** The network between a runner and Boardroom, which a test can cut. */
export interface Relay {
  url: string;
  /** Nothing gets through any more, and nobody is told: as when a cable is pulled. */
  cut(): void;
  /** Open connections break, new ones get through again. */
  mend(): void;
  stop(): Promise<void>;
}

export async function startRelay(target: string): Promise<Relay> {
  const { hostname, port } = new URL(target);
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((incoming) => {
    const outgoing = connect(Number(port), hostname);
    for (const [from, to] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(from);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        sockets.delete(from);
        to.destroy();
      });
      from.pipe(to);
    }
    if (isCut) for (const socket of [incoming, outgoing]) socket.pause().unpipe();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut() {
      isCut = true;
      for (const socket of sockets) socket.pause().unpipe();
    },
    mend() {
      isCut = false;
      for (const socket of sockets) socket.destroy();
    },
    stop: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}
