import { randomUUID } from "node:crypto";
import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BoardroomError, type ErrorCode } from "@boardroom/contract";
import { afterAll, describe, expect, it } from "vitest";
import { createLogSender, type LogChunk } from "./log-sender.ts";
import { wholeCharacters } from "./merge-streams.ts";

const root = mkdtempSync(join(tmpdir(), "sender-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** A server that keeps a log by the rules of the contract; `faults` are answered first, one per call. */
function keepLog(start = "", faults: (ErrorCode | "lost answer")[] = []) {
  const kept = { text: start, chunks: 0, sizes: [] as number[] };
  const place = () => ({ nextOffset: Buffer.byteLength(kept.text), nextSeq: kept.chunks });
  const send = async ({ seq, offset, content }: LogChunk) => {
    const fault = faults.shift();
    if (fault && fault !== "lost answer") throw new BoardroomError(fault, "no");
    if (offset !== place().nextOffset || seq !== kept.chunks)
      throw new BoardroomError("log_offset_mismatch", "no", place());
    kept.text += content.toString();
    kept.chunks += 1;
    kept.sizes.push(content.length);
    if (fault === "lost answer") throw new BoardroomError("unavailable", "cut off");
    return place();
  };
  return { kept, send };
}

function newFile(content: string) {
  const file = join(root, randomUUID());
  writeFileSync(file, content);
  return { file, length: Buffer.byteLength(content) };
}

describe("sending a log", () => {
  it("sends all of it in pieces that end with whole characters", async () => {
    const text = "ä€😀x\n".repeat(80_000);
    const { kept, send } = keepLog();
    await createLogSender({ ...newFile(text), send }).finish();
    expect(kept.text === text).toBe(true);
    expect(Math.max(...kept.sizes)).toBeLessThanOrEqual(128 * 1024);
  });

  it("sends what comes while it is at it", async () => {
    const { file, length } = newFile("one\n");
    const { kept, send } = keepLog();
    const sender = createLogSender({ file, length, send });
    appendFileSync(file, "two\n");
    sender.grew(4);
    await sender.finish();
    expect(kept.text).toBe("one\ntwo\n");
  });

  it("goes on where the server stands: after a restart, and when an answer was lost", async () => {
    const half = keepLog("one\n");
    half.kept.chunks = 7;
    await createLogSender({ ...newFile("one\ntwo\n"), send: half.send }).finish();
    expect(half.kept.text).toBe("one\ntwo\n");
    const lost = keepLog("", ["unavailable", "lost answer", "internal"]);
    await createLogSender({ ...newFile("one\ntwo\n"), send: lost.send }).finish();
    expect(lost.kept.text).toBe("one\ntwo\n");
  });

  it.each(["lease_lost", "payload_too_large", "not_found"] as const)("ends when it hears %s", async (code) => {
    const { kept, send } = keepLog("", [code]);
    const sender = createLogSender({ ...newFile("one\n"), send });
    await sender.finish();
    await sender.untilBehindBy(0);
    expect(kept.text).toBe("");
  });

  it("doesn't believe a server that has more than was ever written", async () => {
    const { send } = keepLog("much more than we have");
    await createLogSender({ ...newFile("one\n"), send }).finish();
  });

  it("doesn't hurry when a server says no and names the very place that it was given", async () => {
    let calls = 0;
    const sender = createLogSender({
      ...newFile("one\n"),
      async send({ seq, offset }) {
        calls += 1;
        throw new BoardroomError("log_offset_mismatch", "no", { nextOffset: offset, nextSeq: seq });
      },
    });
    setTimeout(() => sender.stop(), 700);
    await sender.finish();
    expect(calls).toBeLessThan(10);
  });

  it("lets whoever writes faster than the server takes wait", async () => {
    const gate = Promise.withResolvers<void>();
    const { send } = keepLog();
    const sender = createLogSender({
      ...newFile("x".repeat(200_000)),
      send: async (chunk) => {
        await gate.promise;
        return send(chunk);
      },
    });
    let isThrough = false;
    const waiting = sender.untilBehindBy(100_000).then(() => {
      isThrough = true;
    });
    await new Promise(setImmediate);
    expect(isThrough).toBe(false);
    gate.resolve();
    await waiting;
    await sender.finish();
  });

  it("stops at once when the run is somebody else's", async () => {
    const sender = createLogSender({
      ...newFile("one\n"),
      send: () => Promise.reject(new BoardroomError("unavailable", "no")),
    });
    sender.stop();
    await sender.finish();
  });
});

describe("cutting bytes", () => {
  it("cuts between characters, never within one", () => {
    const bytes = Buffer.from("aä€😀");
    const cuts = Array.from({ length: bytes.length }, (_, index) => wholeCharacters(bytes, index + 1));
    expect(cuts).toEqual([1, 1, 3, 3, 3, 6, 6, 6, 6, 10]);
  });
});
