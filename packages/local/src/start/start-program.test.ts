import { execFileSync, spawn } from "node:child_process";
import { chmod, mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { findFreePort, LOOPBACK } from "../ports.ts";
import { signInDemoUser } from "./demo/sign-in.ts";

const program = new URL("main.ts", import.meta.url).pathname;
let home = "";

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), "boardroom-start-"));
  // PostgreSQL may run as another user and has to get into its folder.
  await chmod(home, 0o755);
});
afterEach(() => rm(home, { recursive: true, force: true }));

interface Started {
  output(): string;
  /** Resolves with the exit code. */
  ended: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
}

function start(port: number): Started {
  const child = spawn(process.execPath, [program], {
    env: { ...process.env, PORT: String(port), BOARDROOM_HOME: home },
  });
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return {
    output: () => output,
    ended: new Promise((resolve) => child.once("close", resolve)),
    signal: (signal) => child.kill(signal),
  };
}

const processesOfHome = () =>
  execFileSync("ps", ["-eo", "args"], { encoding: "utf8" })
    .split("\n")
    .filter((line) => line.includes(home));

it("starts from nothing, shows work moving, stops in order, and starts again with what was there", {
  timeout: 90_000,
}, async () => {
  const port = await findFreePort();
  const url = `http://${LOOPBACK}:${port}`;
  const first = start(port);
  await expect.poll(first.output, { timeout: 30_000 }).toContain("Boardroom runs");
  expect(first.output()).toContain(url);
  expect((await fetch(`${url}/sign-in`)).status).toBe(200);

  const board = await signInDemoUser(url);
  const [company] = await board.call("companies.list", {});
  if (!company) throw new Error("There is no demo company");
  const params = { cid: company.id };
  const listDone = () => board.call("issues.list", { params, query: { status: "done" } });
  await expect.poll(listDone, { timeout: 40_000, interval: 500 }).not.toHaveLength(0);
  expect((await stat(join(home, "secrets.json"))).mode & 0o777).toBe(0o600);

  first.signal("SIGINT");
  expect(await first.ended).toBe(0);
  expect(processesOfHome()).toEqual([]);

  const second = start(port);
  await expect.poll(second.output).toContain("Boardroom runs");
  const again = await signInDemoUser(url);
  expect(await again.call("companies.list", {})).toHaveLength(1);
  expect(await again.call("agents.list", { params })).toHaveLength(3);
  second.signal("SIGTERM");
  expect(await second.ended).toBe(0);
  expect(processesOfHome()).toEqual([]);
});

it("says in one line that the port is in use, and which to try", async () => {
  const port = await findFreePort();
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, LOOPBACK, resolve));
  const started = start(port);
  expect(await started.ended).toBe(1);
  expect(started.output().trim()).toBe(
    `Port ${port} is already in use. Stop what uses it, or choose another one: PORT=${port + 1} npm start`,
  );
  await new Promise((resolve) => other.close(resolve));
});

it("says in one line which file of its folder is broken", async () => {
  await writeFile(join(home, "secrets.json"), "{ half a fi");
  const started = start(await findFreePort());
  expect(await started.ended).toBe(1);
  expect(started.output().trim()).toBe(`${join(home, "secrets.json")} is broken; restore it, or move its folder away.`);
});
