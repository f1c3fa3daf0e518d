import { beforeEach, describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent, type TestRun } from "../../test/working-agents.ts";
import { appendRunLog } from "./append-run-log.ts";
import { archiveLeftLogs } from "./archive-left-logs.ts";
import { archiveRunLog } from "./archive-run-log.ts";
import { logKey } from "./limits.ts";
import { listUnarchivedLogs } from "./list-unarchived-logs.ts";
import { readLogPages } from "./read-log-pages.ts";
import { readRunLog } from "./read-run-log.ts";

const db = useDomainDatabase();
let tenant: Tenant;
let agent: TestAgent;
let run: TestRun;
let executor: TestCtx;
beforeEach(async () => {
  tenant = await db.newTenant();
  agent = await addAgent(db.owner, tenant.companyId);
  run = await addRun(db.owner, tenant.companyId, agent);
  executor = tenant.asRun(agent, run);
});

const endRun = (secondsAgo = 0) =>
  db.owner.query(
    `update heartbeat_runs set status = 'succeeded', lease_expires_at = null,
      finished_at = now() - make_interval(secs => $2) where id = $1`,
    [run.id, secondsAgo],
  );

async function write(text: string, chunkBytes: number): Promise<void> {
  for (let offset = 0, seq = 0; offset < text.length; seq++) {
    const content = text.slice(offset, offset + chunkBytes);
    offset = (await appendRunLog(executor, { id: run.id, seq, offset, content })).nextOffset;
  }
}
const read = (offset = 0, limitBytes = 1024 * 1024) => readRunLog(tenant.board, { id: run.id, offset, limitBytes });
const chunks = async () => (await db.owner.query("select 1 from run_log_chunks where run_id = $1", [run.id])).rowCount;
const stored = () => Buffer.from(tenant.ports.objects.stored.get(logKey(tenant.companyId, run.id)) ?? "").toString();
const archive = (ports = tenant.ports) => archiveRunLog({ db: tenant.board.db, ports }, run.id);

const text = Array.from({ length: 4000 }, (_, line) => `line ${line} of the log\n`).join("");

describe("moving a log to object storage", () => {
  it("keeps every byte, and reading is the same before and after", async () => {
    await write(text, 10_000);
    await endRun();
    const places = [0, 5, 9_999, 10_000, text.length - 3, text.length, text.length + 100];
    const before = await Promise.all(places.map((place) => read(place, 4096)));
    expect(await archive()).toBe(true);
    expect([await chunks(), stored() === text]).toEqual([0, true]);
    expect(await Promise.all(places.map((place) => read(place, 4096)))).toEqual(before);
    expect(await db.countRequests(() => read())).toBe(1);
    expect((await read()).content).toBe(text);
  });

  it("cuts no character when it reads from there", async () => {
    const words = "aü€🥐";
    await write(words, 100);
    await endRun();
    await archive();
    const whole = Buffer.from(words);
    for (let offset = 0; offset < whole.length; offset++) {
      const { offset: start, nextOffset, content } = await read(offset, 4);
      expect([content, content.includes("\ufffd")]).toEqual([whole.subarray(start, nextOffset).toString(), false]);
    }
  });

  it("leaves a running run's log, and one that was never written", async () => {
    await write("still going\n", 100);
    expect(await archive()).toBe(false);
    expect(await chunks()).toBe(1);
    const silent = await addRun(db.owner, tenant.companyId, agent, { status: "succeeded" });
    expect(await archiveRunLog({ db: tenant.board.db, ports: tenant.ports }, silent.id)).toBe(false);
  });

  it("moves it once when many try at the same time", async () => {
    await write(text, 50_000);
    await endRun();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => archive()));
    expect(outcomes.filter((wasMoved) => wasMoved)).toHaveLength(1);
    expect([await chunks(), stored() === text, (await read()).content === text]).toEqual([0, true, true]);
  });

  it("is no failure when somebody else moves it while it is being read", async () => {
    await write(text, 50_000);
    await endRun();
    const overtaken = { ...tenant.ports.objects };
    overtaken.put = async (key, body, length) => {
      await archive();
      return tenant.ports.objects.put(key, body, length);
    };
    expect(await archive({ ...tenant.ports, objects: overtaken })).toBe(false);
    expect((await read()).content === text).toBe(true);
  });

  it("loses nothing when it is cut off between putting and deleting, and is done by the next one", async () => {
    await write(text, 50_000);
    await endRun();
    const dying = { ...tenant.ports.objects };
    dying.put = async (...args) => {
      await tenant.ports.objects.put(...args);
      throw new Error("The Worker dies here");
    };
    await expect(archive({ ...tenant.ports, objects: dying })).rejects.toThrow("dies");
    expect([(await read()).content === text, await chunks()]).toEqual([true, 2]);
    expect(await archive()).toBe(true);
    expect([await chunks(), (await read()).content === text]).toEqual([0, true]);
  });

  it("says so when storage doesn't give it, and reads the others", async () => {
    await write("lost\n", 100);
    await endRun();
    await archive();
    tenant.ports.objects.stored.clear();
    await expect(read()).rejects.toMatchObject({ code: "unavailable" });
    const other = await addRun(db.owner, tenant.companyId, agent);
    await appendRunLog(tenant.asRun(agent, other), { id: other.id, seq: 0, offset: 0, content: "here\n" });
    const wanted = [run.id, other.id].map((runId) => ({ runId, offset: 0, limitBytes: 100 }));
    const source = { db: tenant.board.db, objects: tenant.ports.objects };
    expect(await readLogPages(source, wanted)).toMatchObject([
      { content: "", isComplete: false },
      { content: "here\n" },
    ]);
  });

  it("stores nothing when storage refuses", async () => {
    await write("kept\n", 100);
    await endRun();
    const full = { ...tenant.ports.objects, put: () => Promise.reject(new Error("No room")) };
    await expect(archive({ ...tenant.ports, objects: full })).rejects.toThrow("No room");
    expect((await read()).content).toBe("kept\n");
  });

  it("holds only a piece of a long log in memory", async () => {
    const line = `${"x".repeat(255)}\n`.repeat(1024);
    await write(line.repeat(48), 256 * 1024);
    await endRun();
    let longest = 0;
    const watching = { ...tenant.ports.objects };
    watching.put = (key, body, length) => {
      const measured = new TransformStream<Uint8Array, Uint8Array>({
        transform(bytes, controller) {
          longest = Math.max(longest, bytes.byteLength);
          controller.enqueue(bytes);
        },
      });
      return tenant.ports.objects.put(key, body.pipeThrough(measured), length);
    };
    await archive({ ...tenant.ports, objects: watching });
    expect([longest <= 4.25 * 1024 * 1024, longest > 1024 * 1024, stored().length]).toEqual([
      true,
      true,
      line.length * 48,
    ]);
  });
});

it("is done by the tick for whom nobody did it, and one that can't be moved keeps no other", async () => {
  await write("left behind\n", 100);
  await endRun(90);
  const [moved, stuck] = [run, await addRun(db.owner, tenant.companyId, agent)];
  run = stuck;
  executor = tenant.asRun(agent, run);
  await write("stuck\n", 100);
  await endRun(100);
  const { objects } = tenant.ports;
  const put: typeof objects.put = (key, body, length) =>
    key.includes(stuck.id) ? Promise.reject(new Error("No room")) : objects.put(key, body, length);
  const contextFor = (companyId: string) => ({
    ...tenant.board,
    db: db.database.tenant(companyId, "test"),
    ports: { ...tenant.ports, objects: { ...objects, put } },
  });
  await expect(archiveLeftLogs(db.database.system("tick"), contextFor)).rejects.toThrow(
    "1 of the logs could not be moved",
  );
  expect([...objects.stored.keys()]).toEqual([logKey(tenant.companyId, moved.id)]);
  expect((await read()).content).toBe("stuck\n");
});

it("finds what nobody moved, of every company, once it ended a minute ago", async () => {
  await write("left behind\n", 100);
  const mine = async () =>
    (await listUnarchivedLogs(db.database.system("tick"), 1000)).filter(({ runId }) => runId === run.id);
  expect(await mine()).toEqual([]);
  await endRun(30);
  expect(await mine()).toEqual([]);
  await endRun(90);
  expect(await mine()).toEqual([{ companyId: tenant.companyId, runId: run.id }]);
  await archive();
  expect(await mine()).toEqual([]);
});
