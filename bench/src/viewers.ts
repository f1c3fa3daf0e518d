import { Worker } from "node:worker_threads";
import { newCompany, type TestCompany } from "@boardroom/testing/company";
import { type Stack, startStack } from "@boardroom/testing/stack";
import { percentile, row } from "./percentile.ts";
import type { BareBroadcast, BareOpened } from "./viewers-bare.ts";
import { startBareObject } from "./viewers-bare-object.ts";
import type { ViewersJob, ViewersMessage } from "./viewers-clients.ts";

const viewerCount = 1000;
/** So many that the slowest hundredth is more than an accident: garbage is collected in every 40th round or so. */
const commits = 300;
const warmups = 5;
/** Between two broadcasts; people write more slowly than that. */
const pauseMs = 50;

type Print = (line: string) => void;

/**
 * From a commit to the last of 1,000 viewers of one company, over the real hub; beside a bare `ws` server and a bare Durable
 * Object that send the same bytes to as many clients in the same minute. A commit counts from the start of its transaction,
 * by the database's clock, so ours contains the write itself, the poke and the read; theirs only the sending.
 */
export async function measureViewers(stack: Stack, print: Print): Promise<void> {
  print("");
  print(`Commit to the last of ${viewerCount} viewers of one company, ${commits} commits; the bare ones only send`);
  print(
    row([
      ["", -34],
      ["p50 ms", 8],
      ["p99 ms", 8],
      ["ours/this p50", 14],
      ["ours/this p99", 14],
    ]),
  );
  for (const kind of ["sse", "ws"] as const) {
    const measured = await measureKind(stack, kind);
    const [ours] = measured.map(({ values }) => values);
    for (const { name, values } of measured) {
      const ratio = (share: number) => (percentile(ours ?? [], share) / percentile(values, share)).toFixed(2);
      print(
        row([
          [name, -34],
          [percentile(values, 0.5).toFixed(1), 8],
          [percentile(values, 0.99).toFixed(1), 8],
          [ratio(0.5), 14],
          [ratio(0.99), 14],
        ]),
      );
    }
  }
}

interface Measured {
  name: string;
  values: number[];
}

async function measureKind(stack: Stack, kind: "sse" | "ws"): Promise<Measured[]> {
  const company = await newCompany(stack.addresses.url);
  const how = kind === "sse" ? "server-sent events" : "WebSocket";
  const path = `/api/companies/${company.cid}/events${kind === "ws" ? "/ws" : ""}`;
  const ours = await openViewers({ url: company.url + path, kind, headers: company.owner.headers, count: viewerCount });
  const opened = [ours];
  const bare: (Measured & { server: BareServer; clients: Viewers })[] = [];
  const result: Measured = { name: `Boardroom, ${how}`, values: [] };
  try {
    for (const { name, start, clientKind } of [
      { name: "bare ws server", start: startBareServer, clientKind: "ws" },
      { name: `bare Durable Object, ${how}`, start: startBareObject, clientKind: kind },
    ] as const) {
      const server = await start();
      const clients = await openViewers({ url: server.url, kind: clientKind, headers: {}, count: viewerCount });
      opened.push(clients);
      bare.push({ name, server, clients, values: [] });
    }
    for (let index = -warmups; index < commits; index++) {
      const title = `Goal ${index + warmups}.`;
      const seen = await ours.allSee(title, () => writeGoal(company, title));
      const committedAt = Date.parse(/"createdAt":"([^"]+)"/.exec(seen.bytes)?.[1] ?? "");
      if (index >= 0) result.values.push(seen.lastAt - committedAt);
      await pause();
      // In turns, so that a machine that drifts drifts under all of them.
      for (const { server, clients, values } of bare) {
        let sentAt = 0;
        const got = await clients.allSee(title, async () => {
          sentAt = await server.broadcast(seen.bytes);
        });
        if (index >= 0) values.push(got.lastAt - sentAt);
        await pause();
      }
    }
    return [result, ...bare];
  } finally {
    await Promise.all([...opened.map((viewers) => viewers.stop()), ...bare.map(({ server }) => server.stop())]);
  }
}

interface BareServer {
  url: string;
  broadcast(bytes: string): Promise<number>;
  stop(): Promise<unknown>;
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

async function startBareServer(): Promise<BareServer> {
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
  const stack = await startStack({ servesFiles: false, isDurable: true });
  await measureViewers(stack, (line) => process.stdout.write(`${line}\n`)).finally(() => stack.stop());
}
