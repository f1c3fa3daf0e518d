import { createTokens } from "@boardroom/api";
import { startStack } from "@boardroom/testing/stack";
import { startBareWorker } from "./bare-worker.ts";
import { captureCheckout } from "./capture-checkout.ts";
import { measureIdleRunners } from "./idle-runners.ts";
import { measureLargeCompany } from "./large-company.ts";
import { measureLatency } from "./latency.ts";
import { comparePeers } from "./peers.ts";
import { prepareCheckouts } from "./prepare-checkouts.ts";
import { printBundleSizes } from "./print-bundle-sizes.ts";
import { runBarePostgres } from "./run-bare-postgres.ts";
import { type LoadReport, runLoad } from "./run-load.ts";
import { measureRunner } from "./runner.ts";
import { measureSpend } from "./spend.ts";
import { measureTick } from "./tick.ts";
import { measureViewers } from "./viewers.ts";

const jwtSecret = "bench-secret-of-more-than-thirty-two-characters";
const clientCounts = [1, 16, 64] as const;
const jobsPerPhase = { 1: 1_500, 16: 8_000, 64: 8_000 } as const;

const stack = await startStack({ overrides: { JWT_SECRET: jwtSecret }, servesFiles: false, isDurable: true });
const bare = await startBareWorker(stack.services, await captureCheckout());
try {
  const company = await prepareCheckouts(stack.addresses.ownerUrl, createTokens(jwtSecret), Math.max(...clientCounts));
  const print = (line: string) => process.stdout.write(`${line}\n`);
  print("Checkouts per second: each takes another issue with a run token, on one machine that also runs the clients;");
  print(
    "the Worker by itself, without the stand-in for Cloudflare's asset router that serves the board's files locally",
  );
  print("clients  boardroom/s  p50 ms  p99 ms  bare loop/s  ratio  bare PostgreSQL/s  ratio");
  // Warms code and caches of all three; not counted.
  await runLoad(`${stack.addresses.url}/api`, await company.take(500), 16, "boardroom");
  await runLoad(bare.url, await company.take(500), 16, "bare");
  for (const clients of clientCounts) {
    const count = jobsPerPhase[clients];
    const half = async (at: string, kind: "boardroom" | "bare") =>
      runLoad(at, await company.take(count / 2), clients, kind);
    // In turns, so that a machine that drifts drifts under both.
    const ours = [await half(`${stack.addresses.url}/api`, "boardroom")];
    const loop = [await half(bare.url, "bare")];
    ours.push(await half(`${stack.addresses.url}/api`, "boardroom"));
    loop.push(await half(bare.url, "bare"));
    const statement = await runBarePostgres(
      stack.addresses.ownerUrl,
      await captureCheckout(),
      await company.take(count),
      clients,
    );
    const [mine, theirs] = [merge(ours), merge(loop)];
    const cells = [
      String(clients).padEnd(7),
      mine.perSecond.toFixed(0).padStart(11),
      mine.p50Ms.toFixed(1).padStart(7),
      mine.p99Ms.toFixed(1).padStart(7),
      theirs.perSecond.toFixed(0).padStart(12),
      (mine.perSecond / theirs.perSecond).toFixed(2).padStart(6),
      statement.toFixed(0).padStart(18),
      (mine.perSecond / statement).toFixed(2).padStart(6),
    ];
    print(cells.join(" "));
  }
  await measureLatency(stack, print);
  await measureViewers(stack, print);
  await measureIdleRunners(stack, 0.2, print);
  await measureRunner(stack, print);
  await comparePeers(stack, print);
  await measureLargeCompany(stack, print);
  print("");
  await printBundleSizes(print);
} finally {
  await bare.stop();
  await stack.stop();
}
await measureSpend((line) => process.stdout.write(`${line}\n`));
await measureTick((line) => process.stdout.write(`${line}\n`));

function merge(reports: LoadReport[]): LoadReport {
  const mean = (of: (report: LoadReport) => number) =>
    reports.reduce((sum, each) => sum + of(each), 0) / reports.length;
  return {
    perSecond: mean((each) => each.perSecond),
    p50Ms: mean((each) => each.p50Ms),
    p99Ms: Math.max(...reports.map((each) => each.p99Ms)),
  };
}
