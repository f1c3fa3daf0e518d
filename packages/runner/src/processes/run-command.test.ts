import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, describe, expect, it } from "vitest";
import { endGroup, findMembers, type StartedGroup } from "./process-groups.ts";
import { runCommand, type StartedCommand } from "./run-command.ts";
import { readStartTime } from "./start-time.ts";

const root = mkdtempSync(join(tmpdir(), "processes-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs a script of Node as the program. */
function run(script: string, over: Partial<StartedCommand> = {}) {
  const groups: StartedGroup[] = [];
  const output: string[] = [];
  const marker = randomBytes(12).toString("hex");
  const stopping = new AbortController();
  const result = runCommand({
    path: process.execPath,
    args: ["-e", script],
    stdin: "",
    cwd: root,
    env: { PATH: process.env.PATH ?? "" },
    marker,
    signal: stopping.signal,
    limitMs: 60_000,
    graceSec: 0.3,
    started: (group) => groups.push(group),
    async output(stream, bytes) {
      output.push(`${stream}:${bytes}`);
    },
    ...over,
  });
  return { result, stop: () => stopping.abort(), groups, output, marker };
}

const isAlive = (pid: number) => readStartTime(pid) !== null;
const readPids = async (file: string, count: number): Promise<number[]> => {
  for (;;) {
    try {
      const pids = readFileSync(file, "utf8").trim().split("\n").map(Number);
      if (pids.length >= count) return pids;
    } catch {
      // Not written yet.
    }
    await sleep(20);
  }
};

/** A program that ignores every polite signal, with a child in its group and one that left it, which do the same. */
const stubborn = (file: string) => `
  const { spawn } = require("node:child_process");
  const { appendFileSync } = require("node:fs");
  const deaf = "for (const s of ['SIGTERM','SIGINT','SIGHUP']) process.on(s, () => {}); setInterval(() => {}, 1000);";
  const children = [false, true].map((detached) => spawn(process.execPath, ["-e", deaf], { detached, stdio: "inherit" }));
  for (const s of ["SIGTERM", "SIGINT", "SIGHUP"]) process.on(s, () => {});
  setTimeout(() => appendFileSync(${JSON.stringify(file)}, [process.pid, ...children.map((c) => c.pid)].join("\\n")), 300);
  setInterval(() => {}, 1000);`;

it("keeps out of the log what an adapter doesn't want there, and hands it every line all the same", async () => {
  const script = `process.stdout.write("keep 1\\nrepeat 1\\nke"); setTimeout(() => { process.stdout.write("ep 2\\nrepeat 2\\nkeep 3"); console.error("repeat this"); }, 200);`;
  const lines: string[] = [];
  const { result, output } = run(script, {
    logLine: (line) => (line.startsWith("repeat") ? null : line.toUpperCase()),
    onLine: (line) => void lines.push(line),
  });
  expect(await result).toMatchObject({ exitCode: 0 });
  const of = (stream: string) =>
    output
      .filter((part) => part.startsWith(`${stream}:`))
      .map((part) => part.slice(stream.length + 1))
      .join("");
  expect(of("stdout")).toBe("KEEP 1\nKEEP 2\nKEEP 3\n");
  expect(of("stderr")).toBe("repeat this\n");
  expect(lines).toEqual(["keep 1", "repeat 1", "keep 2", "repeat 2", "keep 3"]);
});

describe("running a program", () => {
  it("doesn't run what can't be written down, and leaves nothing of it behind", async () => {
    const pids: number[] = [];
    const { result, marker } = run("setInterval(() => {}, 1000)", {
      started(group) {
        pids.push(group.pgid);
        throw new Error("ENOSPC");
      },
    });
    const { startError } = await result;
    expect(startError).toMatchObject({ code: "spawn_failed", message: expect.stringContaining("ENOSPC") });
    const [pgid = 0] = pids;
    expect(findMembers({ pgid, startTime: null }, marker)).toEqual({ hasGroup: false, strays: [] });
  });

  it("answers how it ended, with the end of what it wrote", async () => {
    const { result, output } = run("console.log('out'); console.error('err'); process.exitCode = 3");
    expect(await result).toMatchObject({
      exitCode: 3,
      signal: null,
      timedOut: false,
      cancelled: false,
      startError: null,
    });
    expect((await result).stdoutTail).toBe("out\n");
    expect(output.sort()).toEqual(["stderr:err\n", "stdout:out\n"]);
  });

  it("says that a program can't be started, without throwing", async () => {
    expect((await run("", { path: "/nowhere/program" }).result).startError?.code).toBe("spawn_failed");
    expect((await run("", { cwd: "/nowhere" }).result).startError?.code).toBe("spawn_failed");
  });

  it("talks to it by lines for as long as it wants to be talked to", async () => {
    const echo = `process.stdin.setEncoding("utf8"); process.stdin.on("data", (t) => process.stdout.write("got " + t));`;
    const lines: string[] = [];
    const { result } = run(echo, {
      stdin: "hello\n",
      keepStdinOpen: true,
      onLine(line, { send, end }) {
        lines.push(line);
        if (lines.length < 3) send(`line ${lines.length}`);
        else end();
      },
    });
    expect((await result).exitCode).toBe(0);
    expect(lines).toEqual(["got hello", "got line 1", "got line 2"]);
  });

  it("survives a program that doesn't read what it is told", async () => {
    expect((await run("process.exit(0)", { stdin: "x".repeat(5_000_000) }).result).exitCode).toBe(0);
  });

  it("reads no faster than its output is taken", async () => {
    let most = 0;
    let taken = 0;
    const { result } = run("for (let i = 0; i < 200; i += 1) process.stdout.write('x'.repeat(10_000))", {
      async output(_stream, bytes) {
        most = Math.max(most, bytes.length);
        taken += bytes.length;
        await sleep(1);
      },
    });
    await result;
    expect(taken).toBe(2_000_000);
    expect(most).toBeLessThan(1_000_000);
  });
});

describe("ending a program", () => {
  it("ends all that it started when the run is stopped, also who ignores signals and who left the group", async () => {
    const file = join(root, "cancelled");
    const { result, stop } = run(stubborn(file));
    const pids = await readPids(file, 3);
    stop();
    expect(await result).toMatchObject({ cancelled: true, timedOut: false, signal: "SIGKILL" });
    // A process that left its group is found by its environment, which only Linux shows.
    const looked = process.platform === "linux" ? pids : pids.slice(0, 2);
    expect(looked.filter(isAlive)).toEqual([]);
  });

  it("lets it end politely within its grace", async () => {
    const script =
      "process.on('SIGTERM', () => { console.log('bye'); process.exit(7); }); console.log('up'); setInterval(() => {}, 1000)";
    const running = run(script, { graceSec: 20, onLine: (line) => line === "up" && running.stop() });
    expect(await running.result).toMatchObject({ exitCode: 7, cancelled: true, stdoutTail: "up\nbye\n" });
  });

  it("ends it when its time is up", async () => {
    expect(await run("setInterval(() => {}, 1000)", { timeoutSec: 0.2 }).result).toMatchObject({
      timedOut: true,
      cancelled: false,
    });
  });

  it("leaves no process behind that it left running", async () => {
    const file = join(root, "left");
    const script = `
      const { spawn } = require("node:child_process");
      const child = spawn(process.execPath, ["-e", "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)"], { stdio: "ignore" });
      child.unref();
      require("node:fs").writeFileSync(${JSON.stringify(file)}, String(child.pid));`;
    expect((await run(script).result).exitCode).toBe(0);
    expect((await readPids(file, 1)).filter(isAlive)).toEqual([]);
  });

  it("never starts what was stopped before", async () => {
    const stopping = new AbortController();
    stopping.abort();
    const { result, groups } = run("", { signal: stopping.signal });
    expect((await result).cancelled).toBe(true);
    expect(groups).toEqual([]);
  });

  it("finds again, after a restart, what is still there, and not somebody who got its number", async () => {
    const file = join(root, "orphans");
    const { result, groups, marker } = run(stubborn(file));
    await readPids(file, 3);
    const [group] = groups;
    if (!group) throw new Error("no group");
    expect(findMembers({ ...group, startTime: "1" }, "nobody's")).toEqual({ hasGroup: false, strays: [] });
    expect(findMembers(group, marker).hasGroup).toBe(true);
    await endGroup(group, marker, 0);
    expect(findMembers(group, marker)).toEqual({ hasGroup: false, strays: [] });
    await result;
  });
});
