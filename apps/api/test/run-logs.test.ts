import { createHash, randomBytes } from "node:crypto";
import { BoardroomError } from "@boardroom/contract";
import { useOwnBoardroom } from "@boardroom/testing";
import { expect, it } from "vitest";
import { viewLog } from "./log-viewer.ts";
import { bearer, startRun } from "./support/tenant.ts";

const boardroom = useOwnBoardroom();

/** A company with a running run, and the client of whoever executes it. */
async function startedRun() {
  const company = await boardroom.newCompany();
  const { agent } = await boardroom.hireHttpAgent(company);
  const run = await startRun(boardroom, company.cid, agent.id);
  const executor = boardroom.clientWith(run.token);
  let seq = 0;
  let offset = 0;
  return {
    company,
    id: run.runId,
    executor,
    headers: { cookie: company.owner.cookie },
    /** Appends text behind what was appended before. */
    async say(content: string) {
      const answer = await executor.call("runLogs.append", {
        params: { id: run.runId },
        body: { seq: seq++, offset, content },
      });
      offset = answer.nextOffset;
    },
    end: () => executor.call("runs.complete", { params: { id: run.runId }, body: { status: "succeeded" } }),
    read: (from: number, limitBytes?: number) =>
      company.board.call("runLogs.read", { params: { id: run.runId }, query: { offset: from, limitBytes } }),
  };
}

it("shows a growing log to who watches it, in order, and resumes by bytes after a reconnect", async () => {
  const { id, headers, say, end, company } = await startedRun();
  await say("one ü\n");
  const first = await viewLog(company.url, id, { headers });
  await first.reaches("one ü\n");
  await say("two\n");
  await say("three\n");
  await first.reaches("one ü\ntwo\nthree\n");
  const resumeFrom = first.lastId();
  expect(resumeFrom).toBe("17");
  await first.close();
  await say("four\n");

  const resumed = await viewLog(company.url, id, { headers, lastEventId: resumeFrom });
  await resumed.reaches("four\n");
  const late = await viewLog(company.url, id, { headers, offset: 4 });
  await late.reaches("ü\ntwo\nthree\nfour\n");
  await say("five\n");
  await resumed.reaches("four\nfive\n");
  await end();
  await resumed.ends({ totalBytes: 27, status: "succeeded" });
  await late.ends({ totalBytes: 27, status: "succeeded" });
  expect(late.text()).toBe("ü\ntwo\nthree\nfour\nfive\n");
  expect(late.offsets()).toEqual([4, 22]);
  // A browser comes back by itself; it is told to stay away.
  const again = await fetch(`${company.url}/api/heartbeat-runs/${id}/log/stream`, {
    headers: { ...headers, "last-event-id": resumed.lastId() },
  });
  expect([again.status, resumed.lastId()]).toEqual([204, "27.end"]);
}, 60_000);

it("reads a log once for all who watch it, and not at all for the activity feed", async () => {
  const { id, headers, say, company } = await startedRun();
  await say("start\n");
  const viewers = await Promise.all(Array.from({ length: 50 }, () => viewLog(company.url, id, { headers })));
  await Promise.all(viewers.map((viewer) => viewer.reaches("start\n")));
  const lines = Array.from({ length: 10 }, (_, n) => `line ${n}\n`);
  const byTag = await boardroom.countRequests(async () => {
    for (const line of lines) {
      await say(line);
      await Promise.all(viewers.map((viewer) => viewer.sees(line)));
    }
  });
  expect(byTag["runLogs.append"]).toBe(10);
  // One a chunk; a heartbeat may add one.
  expect(byTag.hub).toBeGreaterThanOrEqual(10);
  expect(byTag.hub).toBeLessThanOrEqual(11);
  const [one, ...others] = viewers;
  expect(one?.text()).toBe(["start\n", ...lines].join(""));
  for (const other of others) expect(other.text()).toBe(one?.text());
  await Promise.all(viewers.map((viewer) => viewer.close()));
});

it("doesn't let who reads slowly, or from far behind, hold up who follows the end", async () => {
  const { id, headers, say, company } = await startedRun();
  for (let n = 0; n < 12; n++) await say(`${randomBytes(110_000).toString("hex")}\n`);
  const { totalBytes } = await company.board.call("runLogs.read", { params: { id }, query: { limitBytes: 4 } });
  const stuck = await viewLog(company.url, id, { headers, isPaused: true });
  const behind = await viewLog(company.url, id, { headers });
  const atEnd = await viewLog(company.url, id, { headers, offset: totalBytes });
  await say("the latest line\n");
  await atEnd.reaches("the latest line\n");
  await behind.sees("the latest line\n", 20_000);
  expect(Buffer.byteLength(behind.text())).toBe(totalBytes + 16);
  for (const viewer of [stuck, behind, atEnd]) await viewer.close();
});

it("moves the log to object storage at the run's end, where it is the same, byte for byte", async () => {
  const { id, headers, say, end, read, company } = await startedRun();
  // Base64 would spell the beginning of a key once in a while, and be masked.
  const parts = Array.from({ length: 40 }, (_, n) => `${n} ${randomBytes(65_000).toString("hex")} €\n`);
  for (const part of parts) await say(part);
  await end();
  await boardroom.ownerQuery("update heartbeat_runs set finished_at = now() - interval '2 minutes' where id = $1", [
    id,
  ]);
  await boardroom.runScheduled();
  const [row] = await boardroom.ownerQuery<{ archived: boolean; chunks: number }>(
    `select log_archived_at is not null as archived,
      (select count(*)::int from run_log_chunks where run_id = $1) as chunks from heartbeat_runs where id = $1`,
    [id],
  );
  expect(row).toEqual({ archived: true, chunks: 0 });
  const hash = createHash("sha256");
  for (let offset = 0, isComplete = false; !isComplete; ) {
    const page = await read(offset, 1024 * 1024);
    hash.update(page.content);
    ({ nextOffset: offset, isComplete } = page);
  }
  expect(hash.digest("hex")).toBe(createHash("sha256").update(parts.join("")).digest("hex"));
  const tail = await viewLog(company.url, id, { headers });
  await tail.ends({ totalBytes: Buffer.byteLength(parts.join("")), status: "succeeded" });
  expect(tail.text() === parts.join("")).toBe(true);
});

it("hides the log of another company's run, live and stored", async () => {
  const mine = await startedRun();
  const theirs = await startedRun();
  await mine.say("a secret plan\n");
  const status = async (headers: Record<string, string>, path: string) => {
    const answer = await fetch(`${mine.company.url}/api/heartbeat-runs/${path}`, { headers });
    await answer.body?.cancel();
    return answer.status;
  };
  const stranger = await startRun(
    boardroom,
    theirs.company.cid,
    (await boardroom.hireHttpAgent(theirs.company)).agent.id,
  );
  for (const headers of [theirs.headers, bearer(stranger.token)]) {
    for (const path of [`${mine.id}/log/stream`, `${mine.id}/log`, `${mine.id}/transcript`]) {
      expect([path, await status(headers, path)]).toEqual([path, 404]);
    }
  }
  expect(await status({}, `${mine.id}/log/stream`)).toBe(401);
  expect(await status(mine.headers, "junk/log/stream")).toBe(404);
  expect(await status(mine.headers, `${mine.id}/log/stream?offset=junk`)).toBe(400);
});

it("tells a sender that lost its place where to go on", async () => {
  const { id, executor, say } = await startedRun();
  await say("12345");
  const gap = executor.call("runLogs.append", { params: { id }, body: { seq: 9, offset: 99, content: "x" } });
  await expect(gap).rejects.toThrow(BoardroomError);
  await expect(gap).rejects.toMatchObject({
    status: 409,
    code: "log_offset_mismatch",
    details: { nextOffset: 5, nextSeq: 1 },
  });
});

it("reads a transcript from the log by its lines, and secrets are masked in it", async () => {
  const { id, say, end, company } = await startedRun();
  const steps = [
    { type: "thinking", text: "I have to call the API." },
    { type: "tool_call", name: "curl", input: { header: "Authorization: Bearer abcdef" } },
    { type: "tool_result", name: "curl", text: "200 OK", isError: false },
    { type: "result", text: "Done", at: "2026-11-20T10:00:00Z" },
  ];
  for (const step of steps) await say(`${JSON.stringify(step)}\n`);
  await say("plain words");
  const read = (query: object) => company.board.call("runLogs.transcript", { params: { id }, query });
  const first = await read({ limit: 3 });
  expect(first.entries.map(({ kind, name, text, input }) => [kind, name, text, input])).toEqual([
    ["thinking", null, "I have to call the API.", null],
    ["tool_call", "curl", "", '{"header":"Authorization: *************"}'],
    ["tool_result", "curl", "200 OK", null],
  ]);
  const second = await read({ offset: first.nextOffset });
  expect(second.entries).toMatchObject([{ kind: "result", text: "Done", at: "2026-11-20T10:00:00.000Z" }]);
  expect(second.isComplete).toBe(false);
  await end();
  const last = await read({ offset: second.nextOffset });
  expect(last).toMatchObject({ entries: [{ kind: "system", text: "plain words" }], isComplete: true });
});
