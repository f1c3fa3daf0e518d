import { generateKeyPairSync } from "node:crypto";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { dirname, join } from "node:path";
import { CompactSign } from "jose";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startProgram } from "./support/machine.ts";
import { type Answer, type ScriptedServer, startScriptedServer } from "./support/scripted-server.ts";
import { waitFor } from "./support/wait-for.ts";

let server: ScriptedServer;
const toRemove: string[] = [];
const toKill: { kill(signal: NodeJS.Signals): Promise<void> }[] = [];
beforeEach(async () => {
  server = await startScriptedServer();
});
afterEach(async () => {
  await Promise.all(toKill.splice(0).map((runner) => runner.kill("SIGKILL")));
  await server.stop();
  for (const folder of toRemove.splice(0)) rmSync(folder, { recursive: true, force: true });
});

async function startRunner(policy: object = { allowedCommands: [process.execPath] }) {
  const machine = server.newHome(policy);
  toRemove.push(dirname(machine.root));
  const runner = await startProgram(["start"], machine.root);
  toKill.push(runner);
  return { ...machine, runner };
}

const raw =
  (status: number, text: string, headers: Record<string, string> = {}): Answer =>
  (response) => {
    response.writeHead(status, { "content-type": "application/json", ...headers });
    response.end(text);
  };
const garbage: Answer[] = [
  raw(500, "<html>Bad gateway</html>"),
  raw(200, "<html>Please log in to the hotel</html>"),
  raw(200, "[]"),
  raw(200, '{"token":5}'),
  raw(200, "\u0000\uffff"),
  raw(200, `{"a":${"[".repeat(20_000)}`),
  (response) => response.destroy(),
  (response) => {
    response.writeHead(200, { "content-length": "100" });
    response.write("half");
    response.destroy();
  },
];
/** Whatever is told of a run, it is nobody's business any more. */
const superseded = raw(409, JSON.stringify({ error: "No.", code: "lease_lost", requestId: "r" }));
const calls = (path: RegExp) => server.calls.filter((call) => path.test(call.path));
const claimAgain = () => server.say('{"type":"work"}');

/** Hands out a job and answers what the runner said of its end. */
async function giveRun(over: object): Promise<Record<string, unknown>> {
  const before = calls(/\/complete$/).length;
  server.next(/\/runners\/claim$/, { job: await server.signJob(server.runJob(over)), retryAfterMs: null });
  claimAgain();
  const told = await waitFor("the end of the run", () => calls(/\/complete$/)[before]);
  return told.body as Record<string, unknown>;
}

describe("a server that answers garbage", () => {
  it("is asked again until it answers, whatever comes first", async () => {
    server.next(/\/runners\/token$/, ...garbage.slice(0, 4));
    server.next(/\/runners\/heartbeat$/, ...garbage.slice(4));
    const { runner } = await startRunner();
    await runner.untilSaid("Connected");
    await waitFor("a claim", () => calls(/\/claim$/).length > 0);
  });

  it("breaks nothing with frames that are none, too big, or not ours", async () => {
    const { runner } = await startRunner();
    await runner.untilSaid("Connected");
    const frames = [
      "",
      "not json",
      "{}",
      "null",
      '{"type":"evil"}',
      '{"type":"cancel","runId":"../x"}',
      '{"type":"decision"}',
      "[1]",
    ];
    for (const frame of [...frames, "x".repeat(60_000), '{"__proto__":{"type":"work"}}']) server.say(frame);
    const before = calls(/\/claim$/).length;
    claimAgain();
    await waitFor("a claim", () => calls(/\/claim$/).length > before);
    // Not a frame of the protocol at all: the connection is given up, and a new one made.
    server.say(Buffer.from([0xff, 0xff, 0xff, 0xff, 1, 2, 3]));
    const claims = calls(/\/claim$/).length;
    await waitFor("the next connection", () => calls(/\/claim$/).length > claims);
    expect(calls(/\/runners\/register/)).toEqual([]);
  });

  it("doesn't send the runner's token elsewhere by a redirect", async () => {
    let stolen = 0;
    const thief = createServer((_request, response) => {
      stolen += 1;
      response.end("{}");
    });
    await new Promise<void>((resolve) => thief.listen(0, "127.0.0.1", resolve));
    const location = `http://127.0.0.1:${(thief.address() as AddressInfo).port}/`;
    server.next(/\/runners\/token$/, raw(307, "", { location }));
    server.next(/\/runners\/heartbeat$/, raw(308, "", { location }), raw(302, "", { location }));
    const { runner } = await startRunner();
    await runner.untilSaid("Connected");
    await waitFor("a claim", () => calls(/\/claim$/).length > 0);
    expect(stolen).toBe(0);
    thief.close();
  });
});

describe("a job", () => {
  it("that nobody, or somebody else, signed isn't started, and the runner goes on", async () => {
    const { runner, projects } = await startRunner();
    await runner.untilSaid("Connected");
    const theirs = generateKeyPairSync("ed25519").privateKey;
    const job = server.runJob({
      adapter: {
        type: "process",
        config: {
          command: process.execPath,
          args: ["-e", `require("fs").writeFileSync(${JSON.stringify(join(projects, "ran"))}, "")`],
        },
      },
    });
    const forged = await new CompactSign(new TextEncoder().encode(JSON.stringify({ job })))
      .setProtectedHeader({ alg: "EdDSA" })
      .sign(theirs);
    server.next(/\/runners\/claim$/, { job: forged, retryAfterMs: null });
    claimAgain();
    await runner.untilSaid("isn't signed with the server's key");
    expect(existsSync(join(projects, "ran"))).toBe(false);
    expect(calls(/\/renew$/)).toEqual([]);
  });

  it("is started once, however often it is handed out", async () => {
    const { runner, projects } = await startRunner();
    await runner.untilSaid("Connected");
    const file = join(projects, "count");
    const script = `require("fs").appendFileSync(${JSON.stringify(file)}, "x"); setTimeout(() => {}, 300)`;
    const job = await server.signJob(
      server.runJob({ adapter: { type: "process", config: { command: process.execPath, args: ["-e", script] } } }),
    );
    server.always(/\/complete$/, () => superseded);
    server.next(/\/runners\/claim$/, { job, retryAfterMs: null }, { job, retryAfterMs: null });
    claimAgain();
    await runner.untilSaid("given out before");
    await waitFor("its end", () => calls(/\/complete$/).length > 0);
    expect(readFileSync(file, "utf8")).toBe("x");
  });

  it("that is signed can't leave the policy either", async () => {
    const { runner, projects, home } = await startRunner();
    await runner.untilSaid("Connected");
    server.always(/\/complete$/, () => superseded);
    const ran = join(projects, "ran");
    const touch = `require("fs").writeFileSync(${JSON.stringify(ran)}, "")`;
    const shell = { type: "process", config: { command: "/bin/sh", args: ["-c", `touch ${ran}`] } };
    expect(await giveRun({ adapter: shell })).toMatchObject({ status: "failed", errorFamily: "config" });
    const node = (config: object) => ({
      adapter: { type: "process", config: { command: process.execPath, args: ["-e", touch], ...config } },
    });
    expect(await giveRun(node({ cwd: "/etc" }))).toMatchObject({ status: "failed", errorCode: "policy_denied" });
    expect(await giveRun(node({ cwd: `${projects}/../../..` }))).toMatchObject({ status: "failed" });
    expect(await giveRun({ adapter: { type: "no_such", config: {} } })).toMatchObject({ errorCode: "adapter_missing" });
    const workspace = {
      executionWorkspaceId: "01989e5e-0000-7000-8000-000000000001",
      ...{ mode: "shared", kind: "folder", path: home.folder, repoUrl: null, baseRef: null, branch: null, cwd: "/etc" },
    };
    expect(await giveRun({ ...node({}), workspace })).toMatchObject({ errorCode: "policy_denied" });
    expect(existsSync(ran)).toBe(false);
    const evil = join(projects, "evil.cjs");
    writeFileSync(evil, `require("fs").writeFileSync(${JSON.stringify(join(projects, "evil"))}, "")`);
    const env = {
      NODE_OPTIONS: `--require ${evil}`,
      LD_PRELOAD: evil,
      PAPERCLIP_API_URL: "http://evil",
      PATH: "/evil",
    };
    const secrets = { NODE_OPTIONS: `--require ${evil}`, A_SECRET: "s3cret-value" };
    const print = `console.log([process.env.PAPERCLIP_API_URL, process.env.A_SECRET?.length, process.env.LD_PRELOAD].join(" "))`;
    expect(await giveRun({ ...node({ env, args: ["-e", print] }), secrets })).toMatchObject({
      status: "succeeded",
      summary: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+ 12$/),
    });
    expect(existsSync(join(projects, "evil"))).toBe(false);
  });
});
