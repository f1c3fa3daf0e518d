import { type RunnerHint, runnerHint } from "@boardroom/contract";
import { waitUntil } from "../wait-until.ts";

/** A runner's WebSocket, and what it heard. */
export interface DeviceSocket {
  hints: RunnerHint[];
  /** Text that is no hint, such as `pong`. */
  texts: string[];
  /** Resolves with the close code. */
  closed: Promise<number>;
  send(text: string): void;
  close(): void;
  /** Resolves when a hint of this type came, with the first. */
  heard(type: RunnerHint["type"]): Promise<RunnerHint>;
}

/** Opens it with a runner's token. @throws Error when it is refused */
export async function openDeviceSocket(url: string, token: string): Promise<DeviceSocket> {
  const address = `${url.replace(/^http/, "ws")}/api/runners/connect`;
  // Node's own WebSocket takes headers beside what browsers do.
  const options: object = { headers: { authorization: `Bearer ${token}` } };
  const socket = Reflect.construct(WebSocket, [address, options]) as WebSocket;
  const hints: RunnerHint[] = [];
  const texts: string[] = [];
  socket.addEventListener("message", ({ data }) => {
    const text = String(data);
    if (text.startsWith("{")) hints.push(runnerHint.parse(JSON.parse(text)));
    else texts.push(text);
  });
  const closed = new Promise<number>((resolve) => socket.addEventListener("close", ({ code }) => resolve(code)));
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener("open", () => resolve());
    socket.addEventListener("error", () => reject(new Error("The socket was refused.")));
  });
  return {
    hints,
    texts,
    closed,
    send: (text) => socket.send(text),
    close: () => socket.close(),
    heard: (type) =>
      waitUntil(`a hint of ${type}`, async () => {
        const hint = hints.find((each) => each.type === type);
        return hint ?? `it heard ${JSON.stringify(hints)}`;
      }),
  };
}
