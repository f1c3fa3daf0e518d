import { resolve } from "node:path";
import { LocalServiceError } from "../local-service-error.ts";
import { explainStartFailure } from "./explain-start-failure.ts";
import { startBoardroom } from "./start-boardroom.ts";

const parent = process.ppid;
const startedAt = performance.now();
const home = resolve(process.env.BOARDROOM_HOME ?? ".boardroom");

function readPort(text = "8787"): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LocalServiceError("start_failed", `PORT is "${text}", which is no port number.`);
}

/** Resolves when we are asked to stop, by a signal or because whoever started us is gone. */
function whenToldToStop(): Promise<void> {
  return new Promise((stop) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => stop());
    setInterval(() => process.ppid !== parent && stop(), 1000).unref();
  });
}

const stopped = whenToldToStop();
try {
  const starting = startBoardroom({ port: readPort(process.env.PORT), home, say: (line) => console.log(line) });
  const isEarly = await Promise.race([starting.then(() => false), stopped.then(() => true)]);
  if (isEarly) console.log("\nStopping as soon as what was begun is up …");
  const boardroom = await starting;
  if (!isEarly) {
    console.log(`
Boardroom runs (started in ${((performance.now() - startedAt) / 1000).toFixed(1)} s).

  Board      ${boardroom.url}
  Sign in    ${boardroom.demo.email}   password ${boardroom.demo.password}
  Mailbox    ${boardroom.mailboxUrl}   (what would have been e-mailed)
  Data       ${home}

Ctrl-C stops it.`);
    await stopped;
    console.log("\nStopping …");
  }
  await boardroom.stop();
  console.log("Stopped.");
  process.exit(0);
} catch (error) {
  console.error(explainStartFailure(error, home));
  process.exit(1);
}
