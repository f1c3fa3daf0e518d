import { randomUUID } from "node:crypto";
import { mkdtempSync, readdirSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BoardroomError, type ErrorCode } from "@boardroom/contract";
import { afterAll, describe, expect, it } from "vitest";
import type { Api } from "../api/api.ts";
import { deliver } from "./deliver.ts";
import { type Letter, openOutbox } from "./outbox.ts";

const root = mkdtempSync(join(tmpdir(), "outbox-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const newFolder = () => join(root, randomUUID());
const end = (summary: string): Letter => ({ operation: "runs.complete", body: { status: "succeeded", summary } });
const step: Letter = {
  operation: "executionWorkspaces.report",
  executionWorkspaceId: randomUUID(),
  body: { kind: "finalize", status: "succeeded" },
};

/** A server that takes calls as it is told to; what it was told is looked at. */
function scripted(...answers: (ErrorCode | "ok")[]) {
  const calls: { id: string; body: unknown }[] = [];
  const api: Api = {
    async call(id, call) {
      const { body } = call as { body?: unknown };
      calls.push({ id, body });
      const answer = answers.shift() ?? "ok";
      if (answer !== "ok") throw new BoardroomError(answer, `it says ${answer}`);
      return undefined as never;
    },
  };
  return { api, calls };
}
const delivery = (runId: string) => ({ runId, token: () => "t", signal: new AbortController().signal });

describe("the outbox", () => {
  it("keeps letters in their order over a restart", () => {
    const folder = newFolder();
    const runId = randomUUID();
    const before = openOutbox(folder);
    before.put(runId, step);
    before.put(runId, end("done"));
    const after = openOutbox(folder);
    expect(after.runs()).toEqual([runId]);
    expect(after.hasEnd(runId)).toBe(true);
    expect(after.peek(runId)?.letter).toEqual(step);
  });

  it("doesn't take half a letter for one, whenever the machine went down", () => {
    const folder = newFolder();
    const runId = randomUUID();
    const outbox = openOutbox(folder);
    outbox.put(runId, step);
    outbox.put(runId, end("done"));
    const [first = ""] = readdirSync(join(folder, runId));
    // Before the rename there is only a temporary file; a broken disk may cut a whole one.
    writeFileSync(join(folder, runId, "000003-runs.complete.json.abc.tmp"), '{"operation":"runs.comp');
    truncateSync(join(folder, runId, first), 10);
    const after = openOutbox(folder);
    expect(after.peek(runId)?.letter).toEqual(end("done"));
    after.remove(runId, after.peek(runId)?.file ?? "");
    expect(after.runs()).toEqual([]);
  });

  it("says that a run has no end when only its steps lie there", () => {
    const outbox = openOutbox(newFolder());
    const runId = randomUUID();
    outbox.put(runId, step);
    expect(outbox.hasEnd(runId)).toBe(false);
  });
});

describe("delivering", () => {
  it("sends the oldest first and forgets what was accepted", async () => {
    const outbox = openOutbox(newFolder());
    const runId = randomUUID();
    outbox.put(runId, step);
    outbox.put(runId, end("done"));
    const { api, calls } = scripted();
    expect(await deliver(api, outbox, delivery(runId))).toBe("accepted");
    expect(calls.map(({ id }) => id)).toEqual(["executionWorkspaces.report", "runs.complete"]);
    expect(outbox.runs()).toEqual([]);
  });

  it("sends again what got no answer, and keeps it until then", async () => {
    const outbox = openOutbox(newFolder());
    const runId = randomUUID();
    outbox.put(runId, end("done"));
    const { api, calls } = scripted("unavailable", "internal", "rate_limited");
    expect(await deliver(api, outbox, delivery(runId))).toBe("accepted");
    expect(calls).toHaveLength(4);
  });

  it.each(["lease_lost", "not_found", "unauthenticated"] as const)(
    "forgets all of a run when it hears %s",
    async (code) => {
      const outbox = openOutbox(newFolder());
      const runId = randomUUID();
      outbox.put(runId, end("done"));
      const { api, calls } = scripted(code);
      expect(await deliver(api, outbox, delivery(runId))).toBe("superseded");
      expect(calls).toHaveLength(1);
      expect(outbox.runs()).toEqual([]);
    },
  );

  it("tells the end of a run though its workspace is gone", async () => {
    const outbox = openOutbox(newFolder());
    const runId = randomUUID();
    outbox.put(runId, step);
    outbox.put(runId, end("done"));
    const { api, calls } = scripted("not_found");
    expect(await deliver(api, outbox, delivery(runId))).toBe("accepted");
    expect(calls).toHaveLength(2);
  });

  it("ends a run plainly when its result is refused, and gives up when that is refused too", async () => {
    const outbox = openOutbox(newFolder());
    const runId = randomUUID();
    outbox.put(runId, end("done"));
    const { api, calls } = scripted("conflict", "invalid_request");
    expect(await deliver(api, outbox, delivery(runId))).toBe("accepted");
    expect(calls[1]?.body).toMatchObject({ status: "failed", errorCode: "result_refused" });
    expect(calls).toHaveLength(2);
    expect(outbox.runs()).toEqual([]);
  });

  it("doesn't tell the end before it may", async () => {
    const outbox = openOutbox(newFolder());
    const runId = randomUUID();
    outbox.put(runId, step);
    outbox.put(runId, end("done"));
    const { api, calls } = scripted();
    expect(await deliver(api, outbox, { ...delivery(runId), mayEnd: () => false })).toBe("waiting");
    expect(calls).toHaveLength(1);
    expect(outbox.hasEnd(runId)).toBe(true);
  });
});
