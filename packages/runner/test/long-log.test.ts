import { createHash } from "node:crypto";
import { readFileSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import * as z from "zod";
import { startProgram } from "./support/machine.ts";
import { type ScriptedServer, startScriptedServer } from "./support/scripted-server.ts";
import { waitFor } from "./support/wait-for.ts";

let server: ScriptedServer;
beforeAll(async () => {
  server = await startScriptedServer();
});
afterAll(() => server.stop());

const chunk = z.object({ seq: z.number(), offset: z.number(), content: z.string() });
const megabytes = 100;
/** Lines of every length, in two alphabets, to both streams; at its end it says what it wrote. */
const flood = `
  const { createHash } = require("node:crypto");
  const hash = createHash("sha256");
  const line = (index) => "zeile " + index + " äöü € 😀 " + "x".repeat((index * 37) % 4000) + "\\n";
  let bytes = 0;
  (async () => {
    for (let index = 0; bytes < ${megabytes * 1e6}; index += 1) {
      const text = line(index);
      bytes += Buffer.byteLength(text);
      hash.update(text);
      if (!process.stdout.write(text)) await new Promise((resolve) => process.stdout.once("drain", resolve));
    }
    console.log(JSON.stringify({ boardroom: { status: "succeeded", summary: hash.digest("hex") } }));
  })();`;

it("100 MB of log at full speed arrive whole, while the runner stays small", { timeout: 240_000 }, async () => {
  const hash = createHash("sha256");
  let length = 0;
  let held = "";
  let most = 0;
  server.always(/\/log$/, ({ body }) => {
    const { seq, offset, content } = chunk.parse(body);
    if (offset !== length) throw new Error(`A chunk at ${offset} after ${length}`);
    length += Buffer.byteLength(content);
    most = Math.max(most, Buffer.byteLength(content));
    // The first line is the runner's own, the last one the program's statement.
    const lines = (held + content).split("\n");
    held = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("zeile ")) hash.update(`${line}\n`);
    return { nextOffset: length, nextSeq: seq + 1 };
  });
  server.always(/\/complete$/, () => (response) => {
    response.writeHead(409, { "content-type": "application/json" });
    response.end(JSON.stringify({ error: "No.", code: "lease_lost", requestId: "r" }));
  });
  const machine = server.newHome({ allowedCommands: [process.execPath] });
  const runner = await startProgram(["start"], machine.root);
  try {
    await runner.untilSaid("Connected");
    const adapter = { type: "process", config: { command: process.execPath, args: ["-e", flood] } };
    server.next(/\/claim$/, { job: await server.signJob(server.runJob({ adapter })), retryAfterMs: null });
    const startedAt = performance.now();
    server.say('{"type":"work"}');
    const end = await waitFor(
      "the end of the run",
      () => server.calls.find(({ path }) => path.endsWith("/complete")),
      200_000,
    );
    const seconds = (performance.now() - startedAt) / 1000;
    expect(end.body).toMatchObject({ status: "succeeded", summary: hash.digest("hex") });
    expect(length).toBeGreaterThan(megabytes * 1e6);
    expect(most).toBeLessThanOrEqual(128 * 1024);
    const peak = readPeakMegabytes(runner.pid);
    process.stdout.write(`${megabytes} MB of log in ${seconds.toFixed(1)} s; the runner: at most ${peak ?? "?"} MB\n`);
    // All of it: the pages of Node's own program file, which all Nodes of a machine share, are a third.
    if (peak !== null) expect(peak).toBeLessThan(140);
  } finally {
    await runner.kill("SIGKILL");
    rmSync(dirname(machine.root), { recursive: true, force: true });
  }
});

/** The most memory that the process ever held, which only Linux tells. */
function readPeakMegabytes(pid: number): number | null {
  if (process.platform !== "linux") return null;
  const kilobytes = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1];
  return kilobytes === undefined ? null : Math.round(Number(kilobytes) / 1024);
}
