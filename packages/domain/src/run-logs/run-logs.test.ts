import { beforeEach, describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent, type TestRun } from "../../test/working-agents.ts";
import { appendRunLog } from "./append-run-log.ts";
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

const bytesOf = (text: string) => Buffer.byteLength(text);
const append = (seq: number, offset: number, content: string, ctx = executor) =>
  appendRunLog(ctx, { id: run.id, seq, offset, content });
const read = (offset = 0, limitBytes = 64 * 1024, ctx = tenant.board) =>
  readRunLog(ctx, { id: run.id, offset, limitBytes });

/** Sends a text in these pieces, one after the other. */
async function appendAll(pieces: readonly string[]): Promise<number> {
  let offset = 0;
  for (const [seq, piece] of pieces.entries()) offset = (await append(seq, offset, piece)).nextOffset;
  return offset;
}

const endRun = (status = "succeeded") =>
  db.owner.query("update heartbeat_runs set status = $2, finished_at = now(), lease_expires_at = null where id = $1", [
    run.id,
    status,
  ]);
const runRow = async () => (await db.owner.query("select * from heartbeat_runs where id = $1", [run.id])).rows[0];

describe("appending to a log", () => {
  it("counts bytes, not characters, and shows that the run advances", async () => {
    expect(await append(0, 0, "Grüße 🥐\n")).toEqual({ nextOffset: 13, nextSeq: 1 });
    expect(await append(1, 13, "done\n")).toEqual({ nextOffset: 18, nextSeq: 2 });
    expect(await read()).toMatchObject({ offset: 0, nextOffset: 18, content: "Grüße 🥐\ndone\n", totalBytes: 18 });
    const row = await runRow();
    expect([Number(row.log_bytes), row.last_progress_at !== null, row.acknowledged_at !== null]).toEqual([
      18,
      true,
      true,
    ]);
    expect(tenant.ports.toldOfLogs).toEqual([run.id, run.id]);
  });
});
