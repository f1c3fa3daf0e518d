import { rmSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { dirname } from "node:path";
import { expect, it } from "vitest";
import { startProgram } from "./support/machine.ts";
import { startScriptedServer } from "./support/scripted-server.ts";
import { waitFor } from "./support/wait-for.ts";

const deaf = 'process.on("SIGTERM", () => {}); console.log("At work."); setInterval(() => {}, 1000);';

it("a run whose claim was under way when its runner was stopped goes back at once", async () => {
  const server = await startScriptedServer();
  const { root } = server.newHome({ allowedCommands: [process.execPath], maxSlots: 2 });
  const config = { command: process.execPath, args: ["-e", deaf], graceSec: 5 };
  const jobOf = () => server.signJob(server.runJob({ adapter: { type: "process", config } }));
  const [first, second] = [await jobOf(), await jobOf()];
  let late: ServerResponse | undefined;
  server.next(/\/runners\/claim$/, { job: first, retryAfterMs: null }, (response) => {
    late = response;
  });
  const runner = await startProgram(["start"], root);
  try {
    const answer = await waitFor("the second claim", () => late);
    await waitFor("the first run", () =>
      server.calls.some(({ path, body }) => /\/log$/.test(path) && JSON.stringify(body).includes("At work.")),
    );
    const ended = runner.kill("SIGTERM");
    await runner.untilSaid("Stopping");
    answer.writeHead(200, { "content-type": "application/json" });
    answer.end(JSON.stringify({ job: second, retryAfterMs: null }));
    await ended;
    const told = server.calls.filter(({ path }) => /\/complete$/.test(path)).map(({ body }) => body);
    const stopped = { status: "failed", errorCode: "runner_stopped", errorFamily: "transient" };
    expect(told).toMatchObject([stopped, stopped]);
  } finally {
    await runner.kill("SIGKILL");
    await server.stop();
    rmSync(dirname(root), { recursive: true, force: true });
  }
});
