import { setTimeout as sleep } from "node:timers/promises";
import { newCompany } from "@boardroom/testing/company";
import { connectDevice, type DeviceSocket, type TestDevice } from "@boardroom/testing/device";
import { type Stack, startStack } from "@boardroom/testing/stack";
import { percentile, row } from "./percentile.ts";

const machines = 100;
const assignments = 60;
type Print = (line: string) => void;

interface Idle {
  device: TestDevice;
  socket: DeviceSocket;
}

/**
 * A hundred connected machines that have nothing to do, and what they ask of the database meanwhile; then from the request that
 * assigns an issue to the hint at the machine, and to the signed job in its hands, one assignment at a time.
 */
export async function measureIdleRunners(stack: Stack, minutes: number, print: Print): Promise<void> {
  const company = await newCompany(stack.addresses.url);
  const idle: Idle[] = [];
  for (let at = 0; at < machines; at++) {
    const device = await connectDevice(company, { name: `Machine ${at}`, labels: [`m${at}`], adapters: ["process"] });
    idle.push({ device, socket: await device.connect() });
  }
  const { stats } = stack.services.neon;
  stats.reset();
  await keepPinging(idle, minutes * 60_000);
  print("");
  print(`${machines} idle machines, ${minutes} min: ${stats.total} requests to the database`);

  const [first] = idle;
  if (!first) return;
  const agent = await company.board.call("agents.create", {
    params: { cid: company.cid },
    body: {
      name: "Worker",
      adapterType: "process",
      adapterConfig: { command: "true" },
      runtimeConfig: { runner: { labels: ["m0"] } },
    },
  });
  const hinted: number[] = [];
  const claimed: number[] = [];
  for (let count = 0; count < assignments; count++) {
    const { hintMs, claimMs } = await assignOnce(company, agent.id, first);
    hinted.push(hintMs);
    claimed.push(claimMs);
  }
  print(`Assignment to a machine, ${assignments} times, one at a time`);
  print(
    row([
      ["", -44],
      ["p50 ms", 8],
      ["p99 ms", 8],
    ]),
  );
  for (const [name, values] of [
    ["assign, wake, look for a machine, hint", hinted],
    ["the same, and the claim of the signed job", claimed],
  ] as const) {
    const [p50, p99] = [0.5, 0.99].map((share) => (percentile(values, share) ?? 0).toFixed(1));
    print(
      row([
        [name, -44],
        [p50 ?? "", 8],
        [p99 ?? "", 8],
      ]),
    );
  }
  for (const { socket } of idle) socket.close();
}

async function assignOnce(
  { board, cid, url }: Awaited<ReturnType<typeof newCompany>>,
  assigneeAgentId: string,
  { device, socket }: Idle,
) {
  socket.hints.length = 0;
  const startedAt = performance.now();
  await board.call("issues.create", { params: { cid }, body: { title: "Do it", assigneeAgentId, status: "todo" } });
  while (socket.hints.length === 0) await sleep(1);
  const hintMs = performance.now() - startedAt;
  const { run, runToken } = await device.claimRun();
  const claimMs = performance.now() - startedAt;
  const answer = await fetch(`${url}/api/heartbeat-runs/${run.id}/complete`, {
    method: "POST",
    headers: { authorization: `Bearer ${runToken}`, "content-type": "application/json" },
    body: JSON.stringify({ status: "succeeded" }),
  });
  if (!answer.ok) throw new Error(`The run was not taken: ${await answer.text()}`);
  return { hintMs, claimMs };
}

async function keepPinging(idle: readonly Idle[], ms: number): Promise<void> {
  const endAt = Date.now() + ms;
  while (Date.now() < endAt) {
    for (const { socket } of idle) socket.send("ping");
    await sleep(Math.max(0, Math.min(25_000, endAt - Date.now())));
  }
}

if (import.meta.main) {
  const [, given] = process.argv.join(" ").match(/--minutes[ =]([0-9.]+)/) ?? [];
  const stack = await startStack({ isDurable: true });
  try {
    await measureIdleRunners(stack, Number(given ?? 1), (line) => process.stdout.write(`${line}\n`));
  } finally {
    await stack.stop();
  }
}
