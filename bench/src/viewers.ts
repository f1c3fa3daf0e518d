import { Worker } from "node:worker_threads";
import { newCompany, type TestCompany } from "@boardroom/testing/company";
import { type Stack, startStack } from "@boardroom/testing/stack";
import { percentile, row } from "./percentile.ts";
import type { BareBroadcast, BareOpened } from "./viewers-bare.ts";
import type { ViewersJob, ViewersMessage } from "./viewers-clients.ts";

const viewerCount = 1000;
const commits = 60;
const warmups = 5;
/** Between two commits; people write more slowly than that. */
const pauseMs = 100;

type Print = (line: string) => void;

/**
 * From a commit to the last of 1,000 viewers of one company, over the real hub, beside a bare `ws` server that sends the same
 * bytes to as many clients in the same minute. A commit counts from the start of its transaction, by the database's clock.
 */
export async function measureViewers(stack: Stack, print: Print): Promise<void> {
  print("");
  print(`Commit to the last of ${viewerCount} viewers of one company, ${commits} commits`);
  print(
    row([
      ["", -36],
      ["p50 ms", 8],
      ["p99 ms", 8],
      ["bare ws p50", 12],
      ["bare ws p99", 12],
      ["p50 ratio", 10],
      ["p99 ratio", 10],
    ]),
  );
  for (const kind of ["sse", "ws"] as const) {
    const { ours, bare } = await measureKind(stack, kind);
    const [p50, p99, bareP50, bareP99] = [ours, bare].flatMap((values) => [
      percentile(values, 0.5),
      percentile(values, 0.99),
    ]);
    if (p50 === undefined || p99 === undefined || bareP50 === undefined || bareP99 === undefined) continue;
    const name = kind === "sse" ? "Boardroom, server-sent events" : "Boardroom, WebSocket";
    print(
      row([
        [name, -36],
        [p50.toFixed(1), 8],
        [p99.toFixed(1), 8],
        [bareP50.toFixed(1), 12],
        [bareP99.toFixed(1), 12],
        [(p50 / bareP50).toFixed(2), 10],
        [(p99 / bareP99).toFixed(2), 10],
      ]),
    );
  }
}

async function measureKind(stack: Stack, kind: "sse" | "ws"): Promise<{ ours: number[]; bare: number[] }> {
  const company = await newCompany(stack.addresses.url);
  const server = await startBareServer();
  const path = `/api/companies/${company.cid}/events${kind === "ws" ? "/ws" : ""}`;
  const viewers = await openViewers({
    url: company.url + path,
    kind,
    headers: company.owner.headers,
    count: viewerCount,
  });
  const clients = await openViewers({ url: server.url, kind: "ws", headers: {}, count: viewerCount });
  const ours: number[] = [];
  const bare: number[] = [];
  try {
    for (let index = -warmups; index < commits; index++) {
      const seen = await viewers.allSee(`Goal ${index + warmups}.`, () =>
        writeGoal(company, `Goal ${index + warmups}.`),
      );
      const committedAt = Date.parse(/"createdAt":"([^"]+)"/.exec(seen.bytes)?.[1] ?? "");
      await pause();
      // The same bytes, with a mark of their own.
      const bytes = seen.bytes.replace(`Goal ${index + warmups}.`, `Bare ${index + warmups}.`);
      let sentAt = 0;
      const got = await clients.allSee(`Bare ${index + warmups}.`, async () => {
        sentAt = await server.broadcast(bytes);
      });
      await pause();
      if (index < 0) continue;
      ours.push(seen.lastAt - committedAt);
      bare.push(got.lastAt - sentAt);
    }
    return { ours, bare };
  } finally {
    await Promise.all([viewers.stop(), clients.stop(), server.stop()]);
  }
}

const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMs));

const writeGoal = ({ board, cid }: TestCompany, title: string) =>
  board.call("goals.create", { params: { cid }, body: { title } });

interface Viewers {
  /** Does something, and resolves when every viewer has got the bytes with that mark. */
  allSee(mark: string, cause: () => Promise<unknown>): Promise<{ lastAt: number; bytes: string }>;
  stop(): Promise<unknown>;
}

async function openViewers(job: ViewersJob): Promise<Viewers> {
  const worker = new Worker(new URL("./viewers-clients.ts", import.meta.url), { workerData: job });
  const next = <K extends ViewersMessage["kind"]>(kind: K) =>
    new Promise<Extract<ViewersMessage, { kind: K }>>((resolve, reject) => {
      const onMessage = (message: ViewersMessage) => {
        if (message.kind !== kind) return;
        worker.off("message", onMessage).off("error", reject);
        resolve(message as Extract<ViewersMessage, { kind: K }>);
      };
      worker.on("message", onMessage).once("error", reject);
    });
  await next("opened");
  return {
    async allSee(mark, cause) {
      const seen = next("seen");
      const awaiting = next("awaiting");
      worker.postMessage(mark);
      await awaiting;
      const [answer] = await Promise.all([seen, cause()]);
      return answer;
    },
    stop: () => worker.terminate(),
  };
}

async function startBareServer() {
  const worker = new Worker(new URL("./viewers-bare.ts", import.meta.url));
  const answer = <T>() =>
    new Promise<T>((resolve, reject) => {
      worker.once("error", reject);
      worker.once("message", (message: T) => {
        worker.off("error", reject);
        resolve(message);
      });
    });
  const { port } = await answer<BareOpened>();
  return {
    url: `http://127.0.0.1:${port}/`,
    /** @returns when it began to send */
    async broadcast(bytes: string): Promise<number> {
      const sent = answer<BareBroadcast>();
      worker.postMessage(bytes);
      return (await sent).startedAt;
    },
    stop: () => worker.terminate(),
  };
}

if (import.meta.main) {
  const stack = await startStack({ servesFiles: false });
  await measureViewers(stack, (line) => process.stdout.write(`${line}\n`)).finally(() => stack.stop());
}
