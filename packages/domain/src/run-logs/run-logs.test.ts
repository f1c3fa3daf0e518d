import { BoardroomError } from "@boardroom/contract";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { type Tenant, type TestCtx, useDomainDatabase } from "../../test/domain-database.ts";
import { addAgent, addRun, type TestAgent, type TestRun } from "../../test/working-agents.ts";
import { redact } from "../redaction/redact.ts";
import { appendRunLog } from "./append-run-log.ts";
import { maxLogBytes } from "./limits.ts";
import { readRunLog } from "./read-run-log.ts";

const db = useDomainDatabase();
let tenant: Tenant;
let agent: TestAgent;
let run: TestRun;
let executor: TestCtx;

async function startRun(): Promise<void> {
  run = await addRun(db.owner, tenant.companyId, agent);
  executor = tenant.asRun(agent, run);
}
beforeEach(async () => {
  tenant = await db.newTenant();
  agent = await addAgent(db.owner, tenant.companyId);
  await startRun();
});

const bytesOf = (text: string) => Buffer.byteLength(text);
const append = (seq: number, offset: number, content: string, ctx = executor) =>
  appendRunLog(ctx, { id: run.id, seq, offset, content });
const read = (offset = 0, limitBytes = 64 * 1024, ctx = tenant.board) =>
  readRunLog(ctx, { id: run.id, offset, limitBytes });

/** Sends a text in these pieces, one after the other. */
async function appendAll(pieces: readonly string[]): Promise<void> {
  let offset = 0;
  for (const [seq, piece] of pieces.entries()) offset = (await append(seq, offset, piece)).nextOffset;
}

const endRun = () =>
  db.owner.query(
    "update heartbeat_runs set status = 'succeeded', finished_at = now(), lease_expires_at = null where id = $1",
    [run.id],
  );
const runRow = async () => (await db.owner.query("select * from heartbeat_runs where id = $1", [run.id])).rows[0];
const storedText = async (): Promise<string> => {
  const { rows } = await db.owner.query("select content from run_log_chunks where run_id = $1 order by byte_offset", [
    run.id,
  ]);
  return rows.map(({ content }) => content).join("");
};
const refusal = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => (error instanceof BoardroomError ? [error.code, error.details] : error),
  );

const codeOf = async (work: Promise<unknown>) => {
  const refused = await refusal(work);
  return Array.isArray(refused) ? refused[0] : refused;
};

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

  it("takes one request, and writes nothing to the activity log", async () => {
    expect(await db.countRequests(() => append(0, 0, "first\n"))).toBe(1);
    expect(await db.countRequests(() => append(1, 6, "second\n"))).toBe(1);
    const { rows } = await db.owner.query("select 1 from activity_log where company_id = $1", [tenant.companyId]);
    expect([rows.length, tenant.commits()]).toEqual([0, 0]);
  });

  it("changes nothing when the same chunk comes again, even much later or twice at once", async () => {
    const first = await append(0, 0, "one\n");
    await append(1, 4, "two\n");
    expect(await append(0, 0, "one\n")).toEqual({ ...first, nextSeq: 2 });
    const answers = await Promise.all(Array.from({ length: 8 }, () => append(2, 8, "three\n")));
    expect(answers).toEqual(answers.map(() => ({ nextOffset: 14, nextSeq: 3 })));
    expect(await storedText()).toBe("one\ntwo\nthree\n");
    expect(Number((await runRow()).log_bytes)).toBe(14);
  });

  it("refuses a gap, an overlap and a number used twice, and says where to go on", async () => {
    await append(5, 0, "12345");
    const next = { nextOffset: 5, nextSeq: 6 };
    expect(await refusal(append(6, 7, "gap"))).toEqual(["log_offset_mismatch", next]);
    expect(await refusal(append(6, 3, "overlap"))).toEqual(["log_offset_mismatch", next]);
    expect(await refusal(append(5, 5, "number"))).toEqual(["log_offset_mismatch", next]);
    expect(await refusal(append(6, 0, "number"))).toEqual(["log_offset_mismatch", next]);
    await append(6, 5, "on\n");
    expect(await storedText()).toBe("12345on\n");
  });

  it("lets of many senders at one place exactly one through", async () => {
    const outcomes = await Promise.all(
      Array.from({ length: 10 }, (_, seq) => refusal(append(seq, 0, `sender ${seq}\n`))),
    );
    expect(outcomes.filter((outcome) => outcome === null)).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome) expect(outcome).toMatchObject(["log_offset_mismatch", { nextOffset: 9 }]);
  });

  it("belongs to the run's own lease", async () => {
    const other = await addAgent(db.owner, tenant.companyId);
    const stranger = await db.newTenant();
    expect(await codeOf(append(0, 0, "x", tenant.asRun(agent, { ...run, fence: run.fence + 1 })))).toBe("lease_lost");
    expect(await codeOf(append(0, 0, "x", tenant.asRun(other, run)))).toBe("not_found");
    expect(await codeOf(append(0, 0, "x", stranger.asRun(agent, run)))).toBe("not_found");
    expect(await codeOf(append(0, 0, "x", tenant.asAgent(agent)))).toBe("invalid_request");
    const withKey = { id: run.id, seq: 0, offset: 0, content: "by key\n" };
    expect(await codeOf(appendRunLog(tenant.asAgent(agent), { ...withKey, fence: run.fence - 1 }))).toBe("lease_lost");
    expect(await appendRunLog(tenant.asAgent(agent), { ...withKey, fence: run.fence })).toMatchObject({
      nextOffset: 7,
    });
    await db.owner.query("update heartbeat_runs set lease_expires_at = now() - interval '1 second' where id = $1", [
      run.id,
    ]);
    expect(await codeOf(append(1, 7, "late"))).toBe("lease_lost");
    await endRun();
    expect(await codeOf(append(1, 7, "late"))).toBe("lease_lost");
    expect(await storedText()).toBe("by key\n");
  });

  it("takes at most 256 KiB at a time, counted in bytes", async () => {
    expect(await append(0, 0, `${"x".repeat(256 * 1024 - 1)}\n`)).toEqual({ nextOffset: 256 * 1024, nextSeq: 1 });
    expect(await codeOf(append(1, 256 * 1024, "ü".repeat(128 * 1024 + 1)))).toBe("payload_too_large");
  });

  it("ends at its greatest length with a note, once, while the run goes on", async () => {
    await append(0, 0, "start\n");
    // As if it had been written: a quarter of a gigabyte would take a while.
    await db.owner.query("update heartbeat_runs set log_bytes = $2 where id = $1", [run.id, maxLogBytes - 3]);
    await append(1, maxLogBytes - 3, "ok\n");
    for (const seq of [2, 2, 3]) {
      expect(await refusal(append(seq, maxLogBytes, "too much\n"))).toEqual(["payload_too_large", { maxLogBytes }]);
    }
    const end = await read(maxLogBytes - 3);
    expect(end.content).toBe("ok\n\n[Boardroom: the log ends here; it reached 256 MiB]\n");
    expect((await runRow()).status).toBe("running");
  });

  it("changes only what no index of the runs holds", async () => {
    const { rows } = await db.owner.query(
      `select indexdef from pg_indexes where tablename = 'heartbeat_runs'
        and indexdef ~ 'log_bytes|log_open|last_progress_at|acknowledged_at'`,
    );
    expect(rows).toEqual([]);
  });
});

describe("reading a log", () => {
  it("answers pieces that never cut a character, from every offset and of every length", async () => {
    const text = "aü€🥐\n".repeat(20);
    await appendAll([text.slice(0, 30), text.slice(30)]);
    const whole = Buffer.from(text);
    for (let offset = 0; offset <= whole.length + 2; offset++) {
      const { offset: start, nextOffset, content } = await read(offset, 4 + (offset % 9));
      expect(content).toBe(whole.subarray(start, nextOffset).toString());
      expect(content.isWellFormed() && !content.includes("\ufffd")).toBe(true);
      expect(start <= offset && offset - start < 4 + (offset > whole.length ? offset - whole.length : 0)).toBe(true);
      expect(nextOffset > offset || offset >= whole.length).toBe(true);
    }
  });

  it("says whether more can follow", async () => {
    expect(await read()).toMatchObject({
      runId: run.id,
      offset: 0,
      nextOffset: 0,
      content: "",
      totalBytes: 0,
      isComplete: false,
    });
    await append(0, 0, "a line\n");
    expect(await read(7)).toMatchObject({ content: "", isComplete: false, totalBytes: 7 });
    await endRun();
    expect(await read(0, 4)).toMatchObject({ content: "a li", nextOffset: 4, isComplete: false });
    expect(await read(4)).toMatchObject({ content: "ne\n", nextOffset: 7, isComplete: true });
  });

  it("is one request, and shows another company's log to nobody", async () => {
    await append(0, 0, "mine\n");
    expect(await db.countRequests(() => read())).toBe(1);
    const stranger = await db.newTenant();
    expect(await codeOf(read(0, 100, stranger.board))).toBe("not_found");
  });
});

describe("secrets in a log", () => {
  const token = `ghp_${"a1B2".repeat(9)}`;
  const hidden = `ghp_${"*".repeat(36)}`;

  it("are masked before they are stored, in as many bytes", async () => {
    await append(0, 0, `export GITHUB_TOKEN=${token}\n`);
    expect(await storedText()).toBe(`export GITHUB_TOKEN=${hidden}\n`);
  });

  it("are masked when they come in several chunks, and nobody sees a part of one meanwhile", async () => {
    const text = `token: ${token}\nbye\n`;
    const pieces = [text.slice(0, 14), text.slice(14, 30), text.slice(30)];
    let offset = 0;
    for (const [seq, piece] of pieces.entries()) {
      offset = (await append(seq, offset, piece)).nextOffset;
      const { content, totalBytes } = await read();
      expect([totalBytes, content]).toEqual([offset, seq < 2 ? "token: " : `token: ${hidden}\nbye\n`]);
    }
    expect(await storedText()).toBe(`token: ${hidden}\nbye\n`);
    expect((await runRow()).log_open_sealed).toBeNull();
  });

  it("keep what may become one sealed, and show it when the run ends without", async () => {
    await append(0, 0, "the end is ghp_");
    const row = await runRow();
    expect([Number(row.log_open_from), String(row.log_open_sealed).includes("ghp_")]).toEqual([11, false]);
    expect((await read()).content).toBe("the end is ");
    await endRun();
    expect(await read()).toMatchObject({ content: "the end is ghp_", isComplete: true });
  });

  it("take a second request only where a chunk ends in what may be the beginning of one", async () => {
    await append(0, 0, "Bearer ");
    expect(await db.countRequests(() => append(1, 7, `${"t0ken".repeat(6)}\n`))).toBe(2);
    expect(await db.countRequests(() => append(2, 38, "plain\n"))).toBe(1);
    expect(await storedText()).toBe(`Bearer ${"*".repeat(30)}\nplain\n`);
  });

  it("are masked in the database just as in one piece, however the text is cut", async () => {
    const parts = fc.constantFrom(
      token,
      "Authorization: Basic dXNlcjpwYXNz",
      "Bearer ",
      "€ sk-",
      "://u:",
      "pw@h ",
      "task-",
      "\n",
      "ey",
      "ü",
    );
    await fc.assert(
      fc.asyncProperty(
        fc.array(parts, { minLength: 1, maxLength: 8 }),
        fc.array(fc.nat(200), { maxLength: 5 }),
        async (words, cuts) => {
          await startRun();
          const text = words.join("");
          const characters = [...text];
          const places = [...new Set(cuts.map((cut) => cut % characters.length))]
            .filter((at) => at > 0)
            .sort((a, b) => a - b);
          const pieces = [...places, characters.length].map((end, i) =>
            characters.slice(places[i - 1] ?? 0, end).join(""),
          );
          await appendAll(pieces);
          const stored = await storedText();
          expect(stored).toBe(redact(text));
          expect(bytesOf(stored)).toBe(bytesOf(text));
        },
      ),
      { numRuns: 40 },
    );
  });
});
