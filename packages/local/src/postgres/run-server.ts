import type { ChildProcess } from "node:child_process";
import { LocalServiceError } from "../local-service-error.ts";
import { LOOPBACK } from "../ports.ts";
import { endWithUs } from "./end-with-us.ts";
import { explainPostgresFailure } from "./explain-failure.ts";
import { type PostgresAccount, spawnAs } from "./postgres-account.ts";

const READY = "database system is ready to accept connections";
const START_TIMEOUT_MS = 60_000;

// full_page_writes and synchronous_commit keep their defaults, and so does fsync where data must survive a power cut.
const SETTINGS = {
  listen_addresses: LOOPBACK,
  unix_socket_directories: "",
  max_connections: "200",
  shared_buffers: "256MB",
  jit: "off",
  timezone: "UTC",
  lc_messages: "C",
  log_checkpoints: "off",
  log_timezone: "UTC",
  // SQL errors belong to who sent the statement; the log keeps what concerns the server.
  log_min_messages: "log",
};

export interface RunningServer {
  /** Stops it in order, then with more force; returns when the process is gone. */
  stop(): Promise<void>;
  /** Kills it as a power cut would. */
  kill(): Promise<void>;
}

export interface RunServerOptions {
  dataDir: string;
  port: number;
  account: PostgresAccount;
  isDurable: boolean;
  log: (line: string) => void;
}

export async function runServer(postgres: string, options: RunServerOptions): Promise<RunningServer> {
  const { dataDir, port, account, isDurable, log } = options;
  const all = { ...SETTINGS, fsync: isDurable ? "on" : "off" };
  const settings = Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  // Detached: Ctrl-C reaches only us, and we stop the server last.
  const child = spawnAs(account, postgres, ["-D", dataDir, "-p", String(port), ...settings], {
    detached: true,
    stdio: ["ignore", "ignore", "pipe"],
  });
  const gone = new Promise<void>((resolve) => child.once("error", () => resolve()).once("close", () => resolve()));
  const onExit = () => child.kill("SIGINT");
  process.once("exit", onExit);
  const letGo = child.pid === undefined ? () => undefined : endWithUs(child.pid);
  gone.then(() => {
    process.off("exit", onExit);
    letGo();
  });

  try {
    await waitUntilReady(child, options);
  } catch (error) {
    await stopChild(child, gone);
    throw error;
  }
  child.stderr?.on("data", (chunk: Buffer) => log(chunk.toString().trimEnd()));
  return {
    stop: () => stopChild(child, gone),
    kill: async () => {
      child.kill("SIGKILL");
      await gone;
    },
  };
}

function waitUntilReady(child: ChildProcess, { dataDir, port, log }: RunServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    let output = "";
    const timer = setTimeout(() => {
      reject(new LocalServiceError("timeout", `PostgreSQL did not get ready in ${START_TIMEOUT_MS / 1000} s.`));
    }, START_TIMEOUT_MS);
    const onData = (chunk: Buffer) => {
      output += chunk.toString();
      if (!output.includes(READY)) return;
      child.stderr?.off("data", onData);
      log(output.trimEnd());
      clearTimeout(timer);
      resolve();
    };
    const onEnd = (reason?: unknown) => {
      clearTimeout(timer);
      reject(explainPostgresFailure(reason instanceof Error ? reason.message : output, dataDir, port));
    };
    child.stderr?.on("data", onData);
    child.once("error", onEnd).once("close", onEnd);
  });
}

async function stopChild(child: ChildProcess, gone: Promise<void>): Promise<void> {
  const running = () => child.exitCode === null && child.signalCode === null && child.pid !== undefined;
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (!running()) break;
    child.kill(signal);
    let timer: NodeJS.Timeout | undefined;
    const patience = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, 10_000);
    });
    await Promise.race([gone, patience]);
    clearTimeout(timer);
  }
}
