import { beforeEach, describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent, type TestRun } from "../../test/working-agents.ts";
import { addRunEvents } from "../heartbeat/add-run-events.ts";
import { appendRunLog } from "./append-run-log.ts";
import { readRunTranscript } from "./read-run-transcript.ts";

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

const read = (place: { offset?: number; afterSeq?: number; limit?: number } = {}) =>
  readRunTranscript(tenant.board, { id: run.id, offset: 0, afterSeq: 0, limit: 200, ...place });

async function write(text: string): Promise<void> {
  const bytes = Buffer.from(text);
  for (let offset = 0, seq = 0; offset < bytes.length; seq++) {
    const content = bytes.subarray(offset, offset + 200_000).toString();
    offset = (await appendRunLog(executor, { id: run.id, seq, offset, content })).nextOffset;
  }
}

/** Every entry, page by page. */
async function readAll(limit: number) {
  const texts: string[] = [];
  const offsets: (number | null)[] = [];
  for (let offset = 0; ; ) {
    const page = await read({ offset, limit });
    texts.push(...page.entries.map(({ text }) => text));
    offsets.push(...page.entries.map((entry) => entry.offset));
    if (page.nextOffset === offset) return { texts, offsets, page };
    offset = page.nextOffset;
  }
}

describe("a transcript of a log", () => {
  it("is read page by page without losing or repeating a line, in one request each", async () => {
    const lines = Array.from({ length: 2500 }, (_, n) => `${n} ü ${"x".repeat(n % 300)}`);
    await write(`${lines.join("\n")}\n`);
    expect(await db.countRequests(() => read({ limit: 50 }))).toBe(1);
    for (const limit of [500, 333]) {
      const { texts, offsets } = await readAll(limit);
      expect(texts).toEqual(lines);
      expect(new Set(offsets).size).toBe(lines.length);
    }
  });

  it("waits for the end of a line while the run runs, and takes it as it is when the run has ended", async () => {
    await write("whole\nnot yet ");
    expect(await read()).toMatchObject({ entries: [{ text: "whole" }], nextOffset: 6, isComplete: false });
    await db.owner.query("update heartbeat_runs set status = 'failed', finished_at = now() where id = $1", [run.id]);
    expect(await read({ offset: 6 })).toMatchObject({ entries: [{ text: "not yet " }], isComplete: true });
  });

  it("cuts a long text and says how long it is; the log has all of it", async () => {
    await write(`${"y".repeat(300_000)}\nnext\n`);
    const { entries } = await read();
    expect([entries[0]?.text.length, entries[0]?.fullLength, entries[0]?.offset]).toEqual([16_000, 300_000, 0]);
    expect(entries[1]).toMatchObject({ text: "next", fullLength: null, offset: 300_001 });
  });

  it("gets past a line that is longer than all that is looked at", async () => {
    await write(`${"z".repeat(2_500_000)}\nafter\n`);
    const { texts } = await readAll(100);
    expect([texts.length, texts.at(-1)]).toEqual([4, "after"]);
  });
});

describe("a run without a log", () => {
  const report = (seq: number, kind: string, message: string, data: Record<string, unknown> | null = null) =>
    addRunEvents(executor, { id: run.id, events: [{ seq, kind, message, data }] });

  it("shows the steps that its agent reported as events", async () => {
    await report(1, "thinking", "Hm");
    await report(2, "note", "not a step");
    await report(3, "tool_call", "", { name: "bash", input: { command: "ls" } });
    const first = await read({ limit: 1 });
    expect(first.entries).toMatchObject([{ kind: "thinking", text: "Hm", offset: null, fullLength: null }]);
    const second = await read({ afterSeq: first.nextSeq });
    expect(second.entries).toMatchObject([{ kind: "tool_call", name: "bash", input: '{"command":"ls"}' }]);
    expect([(await read({ afterSeq: second.nextSeq })).entries, second.isComplete]).toEqual([[], false]);
  });

  it("shows its log alone once it has one", async () => {
    await report(1, "assistant", "by event");
    await write("by log\n");
    expect((await read()).entries).toMatchObject([{ text: "by log" }]);
  });
});

it("is hidden from another company", async () => {
  const stranger = await db.newTenant();
  await expect(
    readRunTranscript(stranger.board, { id: run.id, offset: 0, afterSeq: 0, limit: 10 }),
  ).rejects.toMatchObject({ code: "not_found" });
});
