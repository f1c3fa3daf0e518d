import { connect } from "node:net";
import type { RunnerHome } from "../home/runner-home.ts";
import type { RunnerStatus } from "../runner-status.ts";
import { type ControlCommand, controlPath } from "./control-server.ts";

/** Asks the runner that runs in a home; null when none does. */
export function askRunner(home: RunnerHome, command: ControlCommand): Promise<RunnerStatus | null> {
  return new Promise((resolve) => {
    const socket = connect(controlPath(home));
    let answer = "";
    socket.setEncoding("utf8");
    socket.setTimeout(5000, () => socket.destroy());
    socket.on("connect", () => socket.write(`${command}\n`));
    socket.on("data", (text) => {
      answer += String(text);
    });
    socket.on("error", () => resolve(null));
    socket.on("close", () => resolve(read(answer)));
  });
}

/** Our own process of our own version wrote it, to a socket that only its user can open. */
function read(answer: string): RunnerStatus | null {
  try {
    return JSON.parse(answer) as RunnerStatus;
  } catch {
    return null;
  }
}
