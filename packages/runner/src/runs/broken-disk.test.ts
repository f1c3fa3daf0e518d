import { randomUUID } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BoardroomError, type RunJob } from "@boardroom/contract";
import { afterAll, describe, expect, it } from "vitest";
import { createServerClock } from "../api/server-clock.ts";
import { homeOf, openHome } from "../home/runner-home.ts";
import type { HeldLease, LeaseEvents } from "../lease/lease-keeper.ts";
import { openOutbox } from "../outbox/outbox.ts";
import { defaultPolicy } from "../policy/load-policy.ts";
import type { RunnerParts } from "../runner-parts.ts";
import { createRunSet } from "./run-set.ts";

const root = mkdtempSync(join(tmpdir(), "broken-disk-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const jobOf = (id: string): RunJob => ({
  kind: "run",
  apiUrl: "http://127.0.0.1:1",
  company: { id: randomUUID(), name: "Acme" },
  agent: { id: randomUUID(), name: "Ada", urlKey: "ada", role: "engineer", title: null },
  run: {
    id,
    fence: 1,
    attempt: 1,
    leaseExpiresAt: new Date(Date.now() + 90_000).toISOString(),
    leaseSeconds: 90,
    deadlineAt: new Date(Date.now() + 600_000).toISOString(),
    wakeSource: "on_demand",
    wakeReason: "run_now",
  },
  task: null,
  context: {},
  session: null,
  adapter: { type: "missing", config: {} },
  workspace: null,
  runToken: "t",
  secrets: {},
  skills: [],
});

/** A runner whose lease the test holds in its hands, and whose server isn't there. */
function setUp() {
  const home = homeOf(root, randomUUID());
  openHome(home);
  const first = Promise.withResolvers<Awaited<HeldLease["first"]>>();
  const said: string[] = [];
  const held: { events?: LeaseEvents; isReleased: boolean } = { isReleased: false };
  const policy = defaultPolicy([]);
  const parts: RunnerParts = {
    credential: {
      runnerId: randomUUID(),
      companyId: randomUUID(),
      companyName: "Acme",
      name: "Laptop",
      slots: 1,
      apiUrl: "http://127.0.0.1:1",
      audience: "http://127.0.0.1:1",
      privateKey: "",
      serverKey: { kty: "OKP", crv: "Ed25519", x: "" },
    },
    home,
    machine: { policy, env: {}, path: "", folder: home.work },
    adapters: { find: () => undefined, all: [], problems: [] },
    api: { call: async () => Promise.reject(new BoardroomError("lease_lost", "gone")) },
    clock: createServerClock(),
    leases: {
      hold({ runId, fence }, events) {
        held.events = events;
        return {
          runId,
          fence,
          token: () => "t",
          isLost: () => false,
          first: first.promise,
          usage: () => undefined,
          renewNow: () => undefined,
          release: () => {
            held.isReleased = true;
          },
        };
      },
      stop: async () => undefined,
    },
    outbox: openOutbox(home.outbox),
    say: (line) => said.push(line),
  };
  const runId = randomUUID();
  /** Nothing can be written any more in the folder of the run. */
  const breakDisk = () => {
    rmSync(join(home.runs, runId), { recursive: true });
    writeFileSync(join(home.runs, runId), "");
  };
  return { parts, runId, first, held, said, breakDisk };
}

describe("a disk that takes nothing more", () => {
  it("ends a run, and lets its lease go, without taking the runner along", async () => {
    const { parts, runId, first, held, said, breakDisk } = setUp();
    const runs = createRunSet(parts);
    runs.start(jobOf(runId));
    breakDisk();
    first.resolve({ isOurs: true, action: "continue" });
    await runs.settled();
    expect([runs.active.size, runs.isIdle(), held.isReleased]).toEqual([0, true, true]);
    expect(said.join("\n")).toContain("could not be");
  });

  it("keeps nobody from stopping a run", async () => {
    const { parts, runId, first, held, breakDisk } = setUp();
    const runs = createRunSet(parts);
    runs.start(jobOf(runId));
    breakDisk();
    held.events?.renewed({ token: "t2", action: "cancel", reason: null });
    expect(runs.active.get(runId)?.stopReason()).toBe("cancel");
    first.resolve({ isOurs: false, action: "cancel" });
    await runs.settled();
    expect(runs.isIdle()).toBe(true);
  });
});
